import { texts } from '@/shared/i18n/text';

export const overviewText = texts({
  en: {
    morning: (name: string) => `Good morning, ${name}`, afternoon: (name: string) => `Good afternoon, ${name}`, evening: (name: string) => `Good evening, ${name}`,
    today: 'Sold today', orders: (n: number) => (n === 1 ? '1 order' : `${n} orders`), lastWeek: (change: string, day: string) => `${change} against last ${day}`,
    noLastWeek: (day: string) => `Nothing sold last ${day}`, pending: 'Waiting for payment', pendingNote: 'orders not paid yet', active: 'Conversations', activeNote: 'active in 24 hours',
    waiting: 'Waiting for you', waitingNote: 'customers want a person', waitingNone: 'Nobody is waiting', revenue: 'Revenue, last 30 days', noRevenue: 'No sales yet. Try your shop as a customer and the first one appears here.',
    top: 'Best sellers, 7 days', topNone: 'Nothing sold in the last 7 days.', low: 'Running low', lowNone: 'All well stocked.', left: (n: number) => (n === 0 ? 'Sold out' : `${n} left`),
    activity: 'Happening now', activityNone: 'Quiet so far. What happens in your shop shows here by itself.', units: (n: number) => `${n} sold`,
    seeAll: 'See all', addProduct: 'Add a product', tryShop: 'Try your shop', answer: 'Answer them', finish: 'Finish setting up your shop', finishHint: (done: number, all: number) => `${done} of ${all} steps done`, go: 'Continue',
    definitionToday: 'Orders paid today, by the day of the shop, at what was paid. Refunds are not counted.',
  },
  sw: {
    morning: (name) => `Habari za asubuhi, ${name}`, afternoon: (name) => `Habari za mchana, ${name}`, evening: (name) => `Habari za jioni, ${name}`,
    today: 'Mauzo ya leo', orders: (n) => `Oda ${n}`, lastWeek: (change, day) => `${change} kuliko ${day} iliyopita`,
    noLastWeek: (day) => `Hakukuwa na mauzo ${day} iliyopita`, pending: 'Zinasubiri malipo', pendingNote: 'oda ambazo hazijalipwa', active: 'Mazungumzo', activeNote: 'ndani ya saa 24',
    waiting: 'Wanakusubiri', waitingNote: 'wateja wanataka mtu', waitingNone: 'Hakuna anayesubiri', revenue: 'Mapato, siku 30', noRevenue: 'Hakuna mauzo bado. Jaribu duka lako kama mteja na ya kwanza itaonekana hapa.',
    top: 'Zinazouzwa zaidi, siku 7', topNone: 'Hakuna kilichouzwa siku 7 zilizopita.', low: 'Zinaisha', lowNone: 'Bidhaa zote zipo za kutosha.', left: (n) => (n === 0 ? 'Imeisha' : `Zimebaki ${n}`),
    activity: 'Yanayoendelea sasa', activityNone: 'Kumetulia. Kinachotokea dukani kitaonekana hapa chenyewe.', units: (n) => `Zimeuzwa ${n}`,
    seeAll: 'Ona zote', addProduct: 'Ongeza bidhaa', tryShop: 'Jaribu duka', answer: 'Wajibu', finish: 'Maliza kuandaa duka lako', finishHint: (done, all) => `Hatua ${done} kati ya ${all} zimekamilika`, go: 'Endelea',
    definitionToday: 'Oda zilizolipwa leo, kwa siku ya duka, kwa kiasi kilicholipwa. Pesa iliyorudishwa haihesabiwi.',
  },
});
