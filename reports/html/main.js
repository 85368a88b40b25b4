// The script of the HTML report. All that it shows but the explorer is on the page without it, too.

import {setUpCopies} from './copy.js';
import {setUpExplorer} from './explorer.js';
import {setUpFindings} from './findings.js';
import {setUpMatrices} from './matrix.js';
import {setUpPrint} from './print.js';

document.documentElement.classList.add('scripted');
const explorer = setUpExplorer();
setUpFindings(explorer && ((article) => explorer.showFinding(article)));
setUpCopies();
setUpMatrices();
setUpPrint();
performance.mark('bulkhead-interactive');
