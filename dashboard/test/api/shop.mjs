// The settings of the shop and how far it is set up.
import { me } from './people.mjs';
import { settings } from './settings.mjs';

export const shop = {
  ...Object.fromEntries(
    Object.keys(settings).flatMap((name) => [
      [`GET /settings/${name}`, () => settings[name]],
      [
        `PUT /settings/${name}`,
        ({ body }) => Object.assign(settings[name], body, { version: settings[name].version + 1 }),
      ],
    ]),
  ),
  'POST /settings/personality/preview': ({ body }) => ({
    reply: `Hi! ${body.settings.name} here ${body.settings.emoji === 'none' ? '' : '👋'} Yes, we have the blue dress in M, KES 2,900. Shall I keep one for you?`,
  }),
  'POST /settings/payments/test': () => ({ ok: true, message: 'The sandbox answered.' }),
  'POST /settings/channels/test': () => ({ ok: true, message: 'The channel answered.' }),
  'GET /onboarding': () => ({ done: me.onboarding, live: me.onboarding.includes('live') }),
  'PATCH /onboarding': ({ body }) => {
    me.onboarding = body.done
      ? [...new Set([...me.onboarding, body.step])]
      : me.onboarding.filter((s) => s !== body.step);
    return { done: me.onboarding, live: me.onboarding.includes('live') };
  },
  'GET /push/key': () => ({ key: '' }),
};
