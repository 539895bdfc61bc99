"""A graph with labels, one with bent arrows and labels of edges."""

import matplotlib.pyplot as plt
import networkx as nx

plt.figure()
nx.draw(nx.karate_club_graph(), pos=nx.circular_layout(range(34)), with_labels=True)

plt.figure()
graph = nx.MultiDiGraph([("a", "b"), ("b", "a"), ("b", "c"), ("c", "c")])
places = nx.circular_layout(graph)
nx.draw_networkx_nodes(graph, places)
nx.draw_networkx_labels(graph, places)
style = "arc3,rad=0.3"
nx.draw_networkx_edges(graph, places, connectionstyle=style)
nx.draw_networkx_edge_labels(
    graph,
    places,
    {edge: f"{edge[0]}{edge[1]}" for edge in graph.edges(keys=True)},
    connectionstyle=style,
)
