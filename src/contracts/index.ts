import { adobeIms } from './adobe-ims.ts';
import { cloudManager } from './cloud-manager.ts';
import type { Contract } from './contract.ts';
import { fusionauth } from './fusionauth.ts';
import { workfrontFusion } from './workfront-fusion.ts';

/** The services that fusionlint knows. */
export const contracts: readonly Contract[] = [workfrontFusion, fusionauth, cloudManager, adobeIms];
