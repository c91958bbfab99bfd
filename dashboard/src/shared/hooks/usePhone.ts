import { useMediaQuery } from '@mantine/hooks';

/** Whether the screen is narrower than what a menu beside the page needs. */
export const usePhone = (): boolean =>
  useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false }) ?? false;
