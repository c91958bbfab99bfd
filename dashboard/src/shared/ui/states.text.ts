import { texts } from '@/shared/i18n/text';

export const stateText = texts({
  en: {
    pending_payment: 'To be paid', deposit_paid: 'Deposit paid', paid: 'Paid', processing: 'Packing', shipped: 'On the way',
    delivered: 'Delivered', payment_failed: 'Payment failed', expired: 'Expired', cancelled: 'Cancelled', refund_due: 'Refund due',
    refunded: 'Refunded', requested: 'Asked for', pending: 'Waiting', succeeded: 'Received', failed: 'Failed', timed_out: 'No answer',
    booked: 'Booked', completed: 'Done', no_show: 'Did not come', in: 'In stock', low: 'Running low', out: 'Sold out',
    active: 'Active', paused: 'Paused', closed: 'Closed', ready: 'Ready', reading: 'Being read', refused: 'Refused',
    connected: 'Connected', sandbox: 'Sandbox', off: 'Off', none: 'None',
  },
  sw: {
    pending_payment: 'Haijalipwa', deposit_paid: 'Amana imelipwa', paid: 'Imelipwa', processing: 'Inafungashwa', shipped: 'Iko njiani',
    delivered: 'Imefika', payment_failed: 'Malipo yamekwama', expired: 'Muda umeisha', cancelled: 'Imeghairiwa', refund_due: 'Arudishiwe pesa',
    refunded: 'Pesa imerudishwa', requested: 'Imeombwa', pending: 'Inasubiri', succeeded: 'Imepokelewa', failed: 'Imefeli', timed_out: 'Hakujibu',
    booked: 'Imewekwa', completed: 'Imefanyika', no_show: 'Hakuja', in: 'Ipo', low: 'Inaisha', out: 'Imeisha',
    active: 'Inafanya kazi', paused: 'Imesimamishwa', closed: 'Imefungwa', ready: 'Tayari', reading: 'Inasomwa', refused: 'Imekataliwa',
    connected: 'Imeunganishwa', sandbox: 'Majaribio', off: 'Imezimwa', none: 'Hakuna',
  },
});
