/** How enketo-core behaves here: one page, no maps of others, nothing asked of the address bar. */
export default {
  experimentalOptimizations: { computeAsync: false },
  excludeNonRelevant: true,
  maps: [],
  googleApiKey: "",
  repeatOrdinals: false,
  validateContinuously: false,
  validatePage: false,
  swipePage: false,
  textMaxChars: 100000,
};
