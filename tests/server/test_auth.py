"""Who may use the routes: nobody without a token, and no user who is not allowed to."""

import json

import pytest
from jupyter_server.auth.authorizer import Authorizer
from tornado.httpclient import HTTPClientError

ROUTES = [
    ("GET", "windows", "read"),
    ("GET", "windows/w1", "read"),
    ("DELETE", "windows/w1", "write"),
    ("POST", "windows/w1/raise", "write"),
    ("GET", "windows/w1/thumbnail", "read"),
    ("GET", "windows/w1/image", "read"),
    ("GET", "host", "read"),
    ("POST", "host", "write"),
    ("GET", "doctor", "read"),
    ("POST", "doctor", "write"),
    ("GET", "events", "read"),  # the handshake of the websocket
]
BODY = json.dumps({"action": "restart"})


class RecordingAuthorizer(Authorizer):
    """Allows what the test allows, and remembers what it was asked."""

    asked: list = []  # noqa: RUF012
    allowed: set = set()  # noqa: RUF012

    def is_authorized(self, handler, user, action, resource):
        self.asked.append((action, resource))
        return action in self.allowed


@pytest.fixture
def authorizer(monkeypatch):
    monkeypatch.setattr(RecordingAuthorizer, "asked", [])
    monkeypatch.setattr(RecordingAuthorizer, "allowed", set())
    return RecordingAuthorizer


@pytest.fixture
def jp_server_config(jp_server_config, authorizer):
    jp_server_config["ServerApp"]["authorizer_class"] = authorizer
    return jp_server_config


@pytest.fixture
def request_route(connected_host, jp_fetch, jp_ws_fetch):
    """Return a function that asks for a route and returns the HTTP status."""

    async def request(method, route, **options):
        if method == "POST":
            options["body"] = BODY
        try:
            if route == "events":
                websocket = await jp_ws_fetch("jlab-qtwindows", route, **options)
                websocket.close()
                return 101
            response = await jp_fetch(
                "jlab-qtwindows", *route.split("/"), method=method, **options
            )
        except HTTPClientError as error:
            return error.code
        return response.code

    return request


def test_every_route_is_in_the_table(jp_serverapp):
    application = jp_serverapp.web_app
    rules = [
        rule
        for group in application.default_router.rules
        for rule in getattr(group.target, "rules", [])
        if "jlab-qtwindows" in getattr(rule.matcher, "regex", group).pattern
    ]
    verbs = {
        (verb, rule.target)
        for rule in rules
        for verb in ("GET", "POST", "PUT", "PATCH", "DELETE")
        if verb.lower() in vars(rule.target)
    }

    assert len(verbs) == len(ROUTES)


@pytest.mark.parametrize(("method", "route", "action"), ROUTES)
async def test_nobody_enters_without_a_token(
    request_route, authorizer, method, route, action
):
    authorizer.allowed = {"read", "write", "execute"}

    code = await request_route(method, route, headers={"Authorization": "token no"})

    assert code == 403
    assert authorizer.asked == []


@pytest.mark.parametrize(("method", "route", "action"), ROUTES)
async def test_a_user_without_the_right_is_turned_away(
    request_route, authorizer, method, route, action
):
    authorizer.allowed = {"read", "write", "execute"} - {action}

    assert await request_route(method, route) == 403
    assert authorizer.asked == [(action, "qtwindows")]


@pytest.mark.parametrize(
    ("method", "route", "action"),
    [
        route
        for route in ROUTES
        if route[1] not in {"host", "doctor"} and "/w1/" not in route[1]
    ],
)
async def test_a_user_with_the_right_is_let_in(
    request_route, authorizer, method, route, action
):
    authorizer.allowed = {action}

    assert await request_route(method, route) in {101, 200, 204}
