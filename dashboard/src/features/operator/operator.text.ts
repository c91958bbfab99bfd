import { texts } from '@/shared/i18n/text';

export const operatorText = texts({
  en: {
    title: 'Operator', hint: 'All shops of this installation. What customers write is not shown here.', shops: 'Shops', messages: 'Messages', orders: 'Orders', cost: 'Cost of models', health: 'Health', days30: '30 days', shop: 'Shop', status: 'Status', since: 'Since', pause: 'Pause', resume: 'Resume', changed: 'Changed', access: 'See content', accessTitle: 'See the content of a shop', accessText: 'Your reason is written into the log of the shop, where its owner reads it.', reason: 'Reason', granted: 'Access is open and logged', version: 'Version', running: (hours: number) => `running for ${hours} h`, allWell: 'All well', trouble: 'Trouble', newShop: 'New shop', slug: 'Short name', name: 'Name', owner: 'E-mail of the owner', created: 'Shop created', search: 'Name of a shop',
  },
  sw: {
    title: 'Msimamizi mkuu', hint: 'Maduka yote ya mfumo huu. Wanachoandika wateja hakionyeshwi hapa.', shops: 'Maduka', messages: 'Jumbe', orders: 'Oda', cost: 'Gharama ya modeli', health: 'Afya', days30: 'Siku 30', shop: 'Duka', status: 'Hali', since: 'Tangu', pause: 'Simamisha', resume: 'Endeleza', changed: 'Imebadilishwa', access: 'Ona yaliyomo', accessTitle: 'Ona yaliyomo ya duka', accessText: 'Sababu yako itaandikwa kwenye kumbukumbu ya duka, ambapo mwenye duka ataisoma.', reason: 'Sababu', granted: 'Ruhusa imefunguliwa na kuandikwa', version: 'Toleo', running: (hours) => `inafanya kazi kwa saa ${hours}`, allWell: 'Kila kitu ni sawa', trouble: 'Kuna tatizo', newShop: 'Duka jipya', slug: 'Jina fupi', name: 'Jina', owner: 'Barua pepe ya mwenye duka', created: 'Duka limefunguliwa', search: 'Jina la duka',
  },
});
