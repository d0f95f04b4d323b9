/** So many bars a chart shows; the table holds all. */
export const bars_max = 12;
