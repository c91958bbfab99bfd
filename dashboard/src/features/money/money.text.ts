import { texts } from '@/shared/i18n/text';

export const moneyText = texts({
  en: {
    title: 'Money', search: 'Receipt, order or customer', received: 'Received', pending: 'Waiting', failed: 'Failed', refundDue: 'To give back', receivedHint: 'Payments that arrived in this time.', pendingHint: 'Prompts that are not answered yet.', failedHint: 'Prompts that were cancelled, refused or not answered.', refundHint: 'Money that arrived and has to go back.', payment: 'Payment', order: 'Order', when: 'When', state: 'State', amount: 'Amount', receipt: 'Receipt', anyState: 'Any state',
    none: 'No payments yet', noneHint: 'When a customer pays an order, it is listed here with its receipt.', days7: '7 days', days30: '30 days', days90: '90 days', provider: 'Through', why: 'Reason', count: (n: number) => `${n} payments`, today: 'Today',
    insufficient_funds: 'too little money', cancelled_by_payer: 'cancelled by the customer', no_answer: 'no answer', wrong_pin: 'wrong PIN', payer_busy: 'phone was busy', limit_exceeded: 'over the daily limit', provider_down: 'M-Pesa was down', other: 'other reason',
  },
  sw: {
    title: 'Pesa', search: 'Risiti, oda au mteja', received: 'Zilizoingia', pending: 'Zinasubiri', failed: 'Zilizokwama', refundDue: 'Za kurudisha', receivedHint: 'Malipo yaliyoingia katika muda huu.', pendingHint: 'Maombi ambayo hayajajibiwa bado.', failedHint: 'Maombi yaliyoghairiwa, kukataliwa au kutojibiwa.', refundHint: 'Pesa iliyoingia na inapaswa kurudishwa.', payment: 'Malipo', order: 'Oda', when: 'Lini', state: 'Hali', amount: 'Kiasi', receipt: 'Risiti', anyState: 'Hali yoyote',
    none: 'Hakuna malipo bado', noneHint: 'Mteja akilipa oda, itaorodheshwa hapa pamoja na risiti yake.', days7: 'Siku 7', days30: 'Siku 30', days90: 'Siku 90', provider: 'Kupitia', why: 'Sababu', count: (n) => `Malipo ${n}`, today: 'Leo',
    insufficient_funds: 'pesa haitoshi', cancelled_by_payer: 'mteja ameghairi', no_answer: 'hakujibu', wrong_pin: 'PIN si sahihi', payer_busy: 'simu ilikuwa na shughuli', limit_exceeded: 'amepita kikomo cha siku', provider_down: 'M-Pesa ilikuwa chini', other: 'sababu nyingine',
  },
});
