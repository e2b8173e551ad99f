import { useEffect, useState } from 'preact/hooks';

const QUERY = '(max-width: 900px)';

/** Whether the page is so narrow that what lies side by side elsewhere lies below each other; style.css has the same width. */
export function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => matchMedia(QUERY).matches);
  useEffect(() => {
    const media = matchMedia(QUERY);
    const change = () => setNarrow(media.matches);
    media.addEventListener('change', change);
    return () => media.removeEventListener('change', change);
  }, []);
  return narrow;
}
