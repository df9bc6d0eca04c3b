/**
 * The islands. Every page works without them; each finds its own marks in the page and leaves the rest alone.
 * Never here: a rule of the field, a right, or a word that the catalogue does not hold.
 */
import { keepDrafts } from "./drafts";
import { keyboardLists } from "./keyboard";
import { guardSubmits } from "./once";
import { bulkChoice } from "./bulk";
import { actPanels, errorsFirst } from "./panels";
import { phone } from "./phone/outbox";
import { moneyInYuan, printButtons, subjectIds } from "./fields";
import { liveDesk } from "./live";
import { askPosition } from "./position";
import { countTime } from "./relative-time";
import { uploads } from "./uploads";

document.documentElement.classList.add("js");
countTime();
// Before the drafts and uploads of ordinary forms: on a phone the report is the outbox's.
phone();
keyboardLists();
bulkChoice();
actPanels();
errorsFirst();
uploads();
moneyInYuan();
subjectIds();
askPosition();
printButtons();
keepDrafts();
guardSubmits();
liveDesk();
