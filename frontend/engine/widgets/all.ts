/** The widgets that enketo-core is given: our own, in the look of our pages. Everything else is what browsers have. */
import { Drawing } from "./drawing";
import { Place } from "./place";
import { Rank } from "./rank";
import { Steps } from "./steps";
import { Upload } from "./upload";

export default [Upload, Drawing, Rank, Place, Steps];
