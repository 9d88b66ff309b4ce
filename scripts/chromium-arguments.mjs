/**
 * What Chromium is not to start. Of two lists of features the last one counts, so Playwright's own come first. The others
 * are a process in wait for the next site and the suggestions below an address bar, of which each new page would get its
 * own processes, a quarter of the time of all tests.
 */
const FEATURES_OFF = [
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'LensOverlay'],
  ...['HttpsFirstBalancedModeAutoEnable', 'MediaRouter', 'PaintHolding', 'ThirdPartyStoragePartitioning'],
  ...['AvoidCorsURLLoaderRestartOnRedirect', 'OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled'],
  ...['PreconnectToSearch', 'SpareRendererForSitePerProcess'],
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'],
];

/** How Chromium is started for tests, pictures and benchmarks. */
export const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  // There is none to use here, and to imitate one takes longer than to draw without.
  '--disable-gpu',
  `--disable-features=${FEATURES_OFF.join()}`,
];
