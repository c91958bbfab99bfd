import { texts } from '@/shared/i18n/text';

export const ordersText = texts({
  en: {
    title: 'Orders', search: 'Number or customer', table: 'List', board: 'Board', number: 'Order', customer: 'Customer', placed: 'Placed', state: 'State',
    total: 'Total', pieces: (n: number) => (n === 1 ? '1 piece' : `${n} pieces`), noOrders: 'No orders yet', noOrdersHint: 'When a customer orders in the chat, it appears here at once. Try it yourself as a customer.',
    tryShop: 'Try your shop', moveTo: 'Move to', moved: (state: string) => `Now: ${state}`, tell: 'The customer is told.', reason: 'Reason (told to the customer)', sure: 'Move the order?',
    items: 'Items', subtotal: 'Subtotal', discount: 'Discount', delivery: 'Delivery', toPay: 'Total', payments: 'Payments', noPayments: 'No payment was asked for yet.',
    history: 'What happened', notes: 'Notes of the team', noteHint: 'Only your team sees this.', addNote: 'Add note', print: 'Print receipt', a4: 'A4 page', roll: '80 mm roll',
    pickup: 'Collects at the shop', wholesale: 'Wholesale', receipt: 'Receipt', minAmount: 'From amount', maxAmount: 'To amount', any: 'Any state', chat: 'Conversation', profile: 'Profile', filters: 'Filters',
    newest: 'Newest first', oldest: 'Oldest first', largest: 'Largest first', address: 'Deliver to', payment: 'Payment', fulfilment: 'Delivery', nobody: 'None here', dates: 'Dates',
    placedKind: 'Order placed', noteSaved: 'Note added',
  },
  sw: {
    title: 'Oda', search: 'Nambari au mteja', table: 'Orodha', board: 'Ubao', number: 'Oda', customer: 'Mteja', placed: 'Iliwekwa', state: 'Hali',
    total: 'Jumla', pieces: (n) => `Vipande ${n}`, noOrders: 'Hakuna oda bado', noOrdersHint: 'Mteja akiagiza kwenye chat, oda itaonekana hapa papo hapo. Jaribu mwenyewe kama mteja.',
    tryShop: 'Jaribu duka', moveTo: 'Hamisha hadi', moved: (state) => `Sasa: ${state}`, tell: 'Mteja ataambiwa.', reason: 'Sababu (mteja ataambiwa)', sure: 'Uhamishe oda hii?',
    items: 'Bidhaa', subtotal: 'Jumla ndogo', discount: 'Punguzo', delivery: 'Usafirishaji', toPay: 'Jumla', payments: 'Malipo', noPayments: 'Malipo hayajaombwa bado.',
    history: 'Yaliyotokea', notes: 'Maelezo ya timu', noteHint: 'Timu yako pekee ndiyo inaona haya.', addNote: 'Ongeza maelezo', print: 'Chapisha risiti', a4: 'Karatasi ya A4', roll: 'Karatasi ya 80 mm',
    pickup: 'Atachukua dukani', wholesale: 'Jumla', receipt: 'Risiti', minAmount: 'Kuanzia kiasi', maxAmount: 'Hadi kiasi', any: 'Hali yoyote', chat: 'Mazungumzo', profile: 'Wasifu', filters: 'Vichujio',
    newest: 'Mpya kwanza', oldest: 'Za zamani kwanza', largest: 'Kubwa kwanza', address: 'Peleka', payment: 'Malipo', fulfilment: 'Usafirishaji', nobody: 'Hakuna hapa', dates: 'Tarehe',
    placedKind: 'Oda imewekwa', noteSaved: 'Maelezo yameongezwa',
  },
});
