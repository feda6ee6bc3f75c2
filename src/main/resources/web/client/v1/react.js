// @ts-check

/**
 * A React hook that follows a subscription: the component is rendered at each of its changes, and it ends with the component.
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
   * @returns {Subscription|null} null until the first change
   */
  return function useSubscription(follow, dependencies = []) {
    const [{ subscription }, show] = useState({ subscription: null });
    useEffect(() => {
      const opened = follow();
      opened.on('change', () => show({ subscription: opened }));
      return () => {
        opened.close();
        // What it had is of other dependencies than the component has by now.
        show({ subscription: null });
      };
    }, dependencies);
    return subscription;
  };
}
