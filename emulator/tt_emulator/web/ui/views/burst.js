/** A burst of tries in words. */

const MOST_SHOWN = 5; // of its gaps

/** One line about a burst. */
export function burstText(t, { tries, gaps_ms: gaps, kind }) {
  const shown = gaps.slice(0, MOST_SHOWN).map((gap) => (gap < 1000 ? `${gap} ms` : `${(gap / 1000).toFixed(1)} s`));
  if (gaps.length > MOST_SHOWN) shown.push('…');
  const listed = shown.join(t('burstComma'));
  if (kind === 'backsOff') return t('burst.backsOff', tries, listed);
  const last = shown.pop();
  return t(`burst.${kind}`, tries, shown.length ? t('burstPair', shown.join(t('burstComma')), last) : last);
}
