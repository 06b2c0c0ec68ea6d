/** The script of the light shell: participants' pages, which work wholly without it. */
import { enhance } from "./enhance";
import { passkeys } from "./passkeys";

enhance();
passkeys();
