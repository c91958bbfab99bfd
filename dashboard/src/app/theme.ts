import {
  createTheme,
  Badge,
  Button,
  Card,
  Drawer,
  Modal,
  NavLink,
  Table,
  mergeThemeOverrides,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';
import { commonText } from '@/shared/i18n/common.text';
import type { Lang } from '@/shared/i18n/text';

const duka: MantineColorsTuple = [
  '#eefaf4',
  '#d7f2e4',
  '#aee5c9',
  '#7fd3ab',
  '#4fbd8b',
  '#28a06f',
  '#15855a',
  '#0e6f4b',
  '#0b5d41',
  '#084632',
];
const dark: MantineColorsTuple = [
  '#e2e5df',
  '#c3c8c0',
  '#a3a9a0',
  '#787f76',
  '#4a504a',
  '#383e38',
  '#282c28',
  '#1a1d1a',
  '#141614',
  '#0f110f',
];

const text = "'Inter', system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

const theme = createTheme({
  colors: { duka, dark },
  primaryColor: 'duka',
  primaryShade: { light: 8, dark: 6 },
  autoContrast: true,
  fontFamily: text,
  headings: { fontFamily: `'Bricolage Grotesque', ${text}`, fontWeight: '700' },
  fontSizes: { xs: '13px', sm: '14.5px', md: '16px', lg: '18px', xl: '21px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Card: Card.extend({ defaultProps: { radius: 'lg', padding: 'lg', withBorder: true } }),
    Badge: Badge.extend({
      vars: (_theme, { size }) => ({
        root: {
          '--badge-fz': size === 'sm' ? '12px' : '13px',
          '--badge-height': size === 'sm' ? '20px' : size === 'lg' || size === 'xl' ? '30px' : '24px',
          '--badge-padding-x': '8px',
        },
        dot: {},
      }),
      styles: { root: { textTransform: 'none', fontWeight: 600 } },
    }),
    Button: Button.extend({ styles: { label: { fontWeight: 600 } } }),
    Modal: Modal.extend({ defaultProps: { radius: 'lg', centered: true } }),
    Drawer: Drawer.extend({ defaultProps: { overlayProps: { backgroundOpacity: 0.35 } } }),
    NavLink: NavLink.extend({ styles: { root: { borderRadius: 'var(--mantine-radius-md)' } } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 'sm', horizontalSpacing: 'md', highlightOnHover: true } }),
  },
});

/** The theme with the words that its own buttons are read out by. */
export function themeIn(lang: Lang) {
  const closeButtonProps = { 'aria-label': commonText[lang].close };
  return mergeThemeOverrides(theme, {
    components: {
      Modal: { defaultProps: { ...theme.components?.Modal?.defaultProps, closeButtonProps } },
      Drawer: { defaultProps: { ...theme.components?.Drawer?.defaultProps, closeButtonProps } },
      Notification: { defaultProps: { closeButtonProps } },
    },
  });
}

const HUES = [
  'red',
  'orange',
  'yellow',
  'blue',
  'indigo',
  'cyan',
  'duka',
  'gray',
  'grape',
  'pink',
  'teal',
  'lime',
  'violet',
  'green',
];

// Words in colour are dark enough on light and light enough on dark to be read (WCAG AA).
const words = (shade: number) =>
  Object.fromEntries(HUES.map((hue) => [`--mantine-color-${hue}-light-color`, `var(--mantine-color-${hue}-${shade})`]));

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...words(9),
    '--mantine-color-yellow-light-color': '#7a4a00',
    '--mantine-color-orange-light-color': '#9a3412',
    '--mantine-color-cyan-light-color': '#0b5766',
    '--mantine-color-lime-light-color': '#3f5f0a',
    '--mantine-color-teal-light-color': '#075e49',
    '--mantine-color-gray-light-color': '#414741',
    '--mantine-color-body': '#faf8f3',
    '--mantine-color-text': '#1c211d',
    '--mantine-color-dimmed': '#5a615b',
    '--mantine-color-placeholder': '#6d746e',
    '--mantine-color-error': '#b42318',
    '--mantine-color-default-border': '#e3dfd4',
    '--mantine-color-default-hover': '#f4f1e8',
    '--duka-card': '#ffffff',
    '--duka-soft': '#f2efe6',
    '--duka-mine': '#dcf3e6',
  },
  dark: {
    ...words(2),
    '--mantine-color-body': '#141614',
    '--mantine-color-text': '#e6e9e4',
    '--mantine-color-dimmed': '#a3a9a0',
    '--mantine-color-placeholder': '#8b928a',
    '--mantine-color-anchor': 'var(--mantine-color-duka-3)',
    '--mantine-color-error': '#ff8a80',
    '--mantine-color-default-border': '#2c312c',
    '--duka-card': '#1b1e1b',
    '--duka-soft': '#232723',
    '--duka-mine': '#103d2b',
  },
});
