import { texts } from '@/shared/i18n/text';

export const simulatorText = texts({
  en: {
    title: 'Try your shop', hint: 'Write to your shop as a customer would. Everything is real except the money, and marked as a test.', write: 'Message', send: 'Send', picture: 'Send a picture', hello: 'Say hello to begin', helloHint: 'Try one of these, or write anything a customer would.',
    tries: 'What to try', orders: 'Orders of this test', noOrders: 'When you order in the chat, it appears here.', pin: 'M-Pesa on this phone', pinHint: 'When the prompt comes, play what the customer does:', ok: 'Enters the PIN', cancel: 'Cancels', timeout: 'Does not answer', wrong_pin: 'Wrong PIN', no_funds: 'Too little money', played: 'Played', online: 'online', thinking: 'typing…', test: 'Test',
    try1: 'Hi, do you have a blue dress?', try2: 'Niaje, uko na viatu size 40?', try3: 'Mko wapi, na mnafunga saa ngapi?', try4: 'How much is delivery to Westlands?', try5: 'I want to talk to a person',
  },
  sw: {
    title: 'Jaribu duka', hint: 'Andikia duka lako kama mteja. Kila kitu ni halisi isipokuwa pesa, na imewekwa alama ya jaribio.', write: 'Ujumbe', send: 'Tuma', picture: 'Tuma picha', hello: 'Anza kwa salamu', helloHint: 'Jaribu moja ya hizi, au andika chochote mteja angeandika.',
    tries: 'Ya kujaribu', orders: 'Oda za jaribio hili', noOrders: 'Ukiagiza kwenye chat, oda itaonekana hapa.', pin: 'M-Pesa kwenye simu hii', pinHint: 'Ombi la malipo likija, cheza anachofanya mteja:', ok: 'Anaweka PIN', cancel: 'Anaghairi', timeout: 'Hajibu', wrong_pin: 'PIN si sahihi', no_funds: 'Hana pesa za kutosha', played: 'Imechezwa', online: 'yuko mtandaoni', thinking: 'anaandika…', test: 'Jaribio',
    try1: 'Habari, mna gauni la bluu?', try2: 'Niaje, uko na viatu size 40?', try3: 'Mko wapi, na mnafunga saa ngapi?', try4: 'Kupeleka Westlands ni pesa ngapi?', try5: 'Nataka kuongea na mtu',
  },
});
