// @ts-check

/**
 * A Svelte store of a subscription: `$book` in a component is the newest, and the subscription ends with its last reader.
 *
 *     const book = storeOf(() => market.book('BTC-USD', { depth: 10 }));
 *
 * @template {import('./market-subscription.js').MarketSubscription<any>} Subscription
 * @param {() => Subscription} follow
 */
export function storeOf(follow) {
  /** @type {Set<(subscription: Subscription) => void>} */
  const readers = new Set();
  /** @type {Subscription|null} */
  let subscription = null;
  return {
    /** @param {(subscription: Subscription) => void} reader @returns {() => void} */
    subscribe(reader) {
      const followed = (subscription ??= open());
      readers.add(reader);
      reader(followed);
      return () => {
        if (!readers.delete(reader) || readers.size > 0) return;
        subscription?.close();
        subscription = null;
      };
    },
  };

  function open() {
    const opened = follow();
    const show = () => readers.forEach((reader) => reader(opened));
    for (const event of /** @type {const} */ (['change', 'status', 'error'])) opened.on(event, show);
    return opened;
  }
}
