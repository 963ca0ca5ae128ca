import { asffLabels } from '@riposte/findings';

/** As Security Hub writes them, worst first. */
export const severities: readonly string[] = Object.values(asffLabels).reverse();
