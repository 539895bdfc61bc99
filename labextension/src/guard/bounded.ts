/**
 * Bounds for what is remembered of requests. A kernel that never answers would otherwise
 * have them pile up as long as the page is open.
 */

/**
 * Requests that are remembered at once, which is more than a notebook has cells that wait.
 */
export const MOST_REMEMBERED = 1000;

/**
 * Forget the oldest request if there are too many.
 */
export function bound(
  remembered: Pick<Map<string, unknown>, 'delete' | 'keys' | 'size'>
): void {
  if (remembered.size > MOST_REMEMBERED) {
    const [oldest] = remembered.keys();
    remembered.delete(oldest);
  }
}
