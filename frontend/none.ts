/** Stands where a package is left out. */
export default {};
