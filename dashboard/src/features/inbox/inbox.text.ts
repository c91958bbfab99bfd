import { texts } from '@/shared/i18n/text';

export const inboxText = texts({
  en: {
    title: 'Inbox', search: 'Name, number or words', waiting: 'Waiting', open: 'Open', mine: 'Mine', all: 'All', empty: 'No conversations yet', emptyHint: 'Every customer who writes to your shop appears here, those who wait for a person first.',
    tryShop: 'Try your shop', choose: 'Choose a conversation', chooseHint: 'Read along, or take over and answer yourself.', takeOver: 'Take over', release: 'Give back to the assistant', taken: 'You answer now. The assistant stays quiet.', released: 'The assistant answers again.',
    waitsFor: (time: string) => `waits ${time}`, person: 'With a person', write: 'Write an answer, / for saved replies', writeTakes: 'Writing takes the conversation over: the assistant stays quiet until you give it back.', send: 'Send', older: 'Older messages', details: 'Customer',
    orders: 'Orders', noOrders: 'Has not ordered yet.', sizes: 'Sizes', facts: 'Good to know', tags: 'Tags', notes: 'Notes', language: 'Language', spent: 'Spent so far', savedReplies: 'Saved replies', saveReply: 'Save as reply', shortcut: 'Shortcut', replyText: 'Text', noReplies: 'No saved replies yet. Make one for what you type every day.',
    why: 'Why this answer', understood: 'Understood', heardWords: 'Noticed', did: 'Done', from: 'From these facts', models: 'Language models', noModel: 'No language model was asked.', took: 'Took', cost: 'Cost', test: 'Test', you: 'You: ', profile: 'Open profile', photo: 'Picture',
    manage: 'Saved replies', replySaved: 'Reply saved', hello: 'Messages',
  },
  sw: {
    title: 'Jumbe', search: 'Jina, nambari au maneno', waiting: 'Wanasubiri', open: 'Wazi', mine: 'Zangu', all: 'Zote', empty: 'Hakuna mazungumzo bado', emptyHint: 'Kila mteja anayeandikia duka lako ataonekana hapa, wanaosubiri mtu kwanza.',
    tryShop: 'Jaribu duka', choose: 'Chagua mazungumzo', chooseHint: 'Soma, au yachukue ujibu mwenyewe.', takeOver: 'Jibu mwenyewe', release: 'Rudishia msaidizi', taken: 'Sasa wewe ndiye unajibu. Msaidizi amenyamaza.', released: 'Msaidizi anajibu tena.',
    waitsFor: (time) => `anasubiri ${time}`, person: 'Yuko na mtu', write: 'Andika jibu, / kwa majibu ya haraka', writeTakes: 'Ukiandika unachukua mazungumzo: msaidizi atanyamaza hadi umrudishie.', send: 'Tuma', older: 'Jumbe za zamani', details: 'Mteja',
    orders: 'Oda', noOrders: 'Bado hajaagiza.', sizes: 'Saizi', facts: 'Vizuri kujua', tags: 'Lebo', notes: 'Maelezo', language: 'Lugha', spent: 'Ametumia jumla', savedReplies: 'Majibu ya haraka', saveReply: 'Hifadhi jibu', shortcut: 'Neno fupi', replyText: 'Maneno', noReplies: 'Hakuna majibu ya haraka. Weka yale unayoandika kila siku.',
    why: 'Kwa nini jibu hili', understood: 'Alielewa', heardWords: 'Aligundua', did: 'Alifanya', from: 'Kutokana na haya', models: 'Modeli za lugha', noModel: 'Hakuna modeli ya lugha iliyoulizwa.', took: 'Ilichukua', cost: 'Gharama', test: 'Jaribio', you: 'Wewe: ', profile: 'Fungua wasifu', photo: 'Picha',
    manage: 'Majibu ya haraka', replySaved: 'Jibu limehifadhiwa', hello: 'Jumbe',
  },
});
