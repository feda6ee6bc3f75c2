// @ts-check

/**
 * A React hook that follows a subscription: the component is rendered at each of its changes, also of its
 * status and when it fails, and it ends with the component.
 *
 *     const useMarket = hookOf(React);
 *     const book = useMarket(() => market.book('BTC-USD', { depth: 10 }), ['BTC-USD']);
 *
 * @param {{useState: Function, useEffect: Function}} React the module `react`, so that this package needs none
 */
export function hookOf({ useState, useEffect }) {
  /**
   * @template {import('./market-subscription.js').MarketSubscription<any>} Subscription
   * @param {() => Subscription} follow
   * @param {unknown[]} [dependencies] another subscription takes over when one of them changes
   * @returns {Subscription|null} null until the first change, or the `error` that it has instead
   */
  return function useSubscription(follow, dependencies = []) {
    const [{ subscription }, show] = useState({ subscription: null });
    useEffect(() => {
      const opened = follow();
      for (const event of /** @type {const} */ (['change', 'error'])) opened.on(event, () => show({ subscription: opened }));
      // Of what is shown already: a status without prices is nothing to show yet.
      opened.on('status', () => show((/** @type {{subscription: Subscription|null}} */ shown) => (shown.subscription ? { subscription: opened } : shown)));
      return () => {
        opened.close();
        // What it had is of other dependencies than the component has by now.
        show({ subscription: null });
      };
    }, dependencies);
    return subscription;
  };
}
