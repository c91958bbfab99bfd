const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'].map((day) => ({ day, open: '09:00', close: '18:30' }));
export const settings = {
  profile: { name: 'Zuri Collections', slug: 'zuri', kind: 'clothes', location: 'Sunbird Mall, 1st floor, shop F12, Ngong Road, Nairobi', whatsapp_number: '254700000010', owner_phone: '254700000910', currency: 'KES', timezone: 'Africa/Nairobi', language: 'en', version: 1 },
  hours: { week: [...week, { day: 'sun', open: '11:00', close: '16:00' }], holidays: [{ date: '2026-12-25', name: 'Christmas Day', open: null, close: null }], version: 1 },
  delivery: { zones: [{ name: 'Ngong Road', fee: 15000, areas: ['Kilimani', 'Hurlingham', 'Lavington'], eta: 'same day' }, { name: 'Nairobi', fee: 25000, areas: ['CBD', 'Westlands', 'South B'], eta: 'next day' }, { name: 'Upcountry', fee: 45000, areas: [], eta: '1-3 days by courier' }], pickup: true, reservation_minutes: 30, deposit_percent: 0, version: 1 },
  policies: { return_days: 7, return_condition: 'unworn, tags on', refund: 'M-Pesa within 3 working days', exchange_days: 14, exchange_condition: 'unworn, tags on', customer_pays_delivery: true, bargaining: false, cash_on_delivery: false, wholesale_min_pieces: 10, wholesale_tiers: [{ min: 10, percent: 12 }, { min: 30, percent: 20 }], version: 1 },
  coupons: { coupons: [{ code: 'KARIBU10', kind: 'percent', value: 10, min_subtotal: 150000, expires: '2030-12-31', max_uses: null, used: 14 }], version: 1 },
  personality: { name: 'Nia', tone: 'warm', emoji: 'some', sheng: true, greeting: '', sales_goal: 'balanced', version: 1 },
  handover: { remind_minutes: 15, quiet_minutes: 60, return_minutes: 240, backup_phone: null, version: 1 },
  models: { mode: 'off', provider: 'openai', model: 'gpt-small', monthly_budget: 100000, spent: 12400, has_key: false, version: 1 },
  bookings: { lead_minutes: 60, horizon_days: 30, cancel_hours: 12, deposit_percent: 0, lanes: ['Amina', 'Rose'], remind_hours: 24, version: 1 },
  payments: { provider: 'sandbox', enabled: true, shortcode: '174379', has_secret: true, manual_payment: 'Till 555111', methods: ['M-Pesa'], version: 1 },
  channels: { channels: [{ kind: 'whatsapp', number: '254700000010', status: 'sandbox', has_secret: false, webhook: '/webhooks/whatsapp/zuri' }], version: 1 },
};
