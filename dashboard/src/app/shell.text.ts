import { texts } from '@/shared/i18n/text';

export const shellText = texts({
  en: {
    overview: 'Home', orders: 'Orders', inbox: 'Inbox', products: 'Products', customers: 'Customers', bookings: 'Bookings',
    money: 'Money', analytics: 'Analytics', simulator: 'Try your shop', knowledge: 'Knowledge', team: 'Team', settings: 'Settings',
    account: 'My account', operator: 'Operator', more: 'More', menu: 'Menu', toContent: 'Skip to the page',
    palette: 'Find anything', paletteHint: 'Search pages, products, orders, customers', signOut: 'Sign out', light: 'Light', dark: 'Dark', system: 'As the device',
    look: 'Appearance', reconnecting: 'Reconnecting to the shop. What you see may be some seconds old.',
    switchShop: 'Switch shop', newOrder: 'New order', paid: 'Payment received', handover: 'A customer asks for a person',
    newBooking: 'New booking', lowStock: 'Stock is running low', open: 'Open', updated: 'A new version is ready', reload: 'Reload',
    pages: 'Pages', notFound: 'This page does not exist', notFoundHint: 'The address may be mistyped, or what was here is gone.', home: 'To the home page',
    denied: 'Not part of your role', deniedHint: 'Ask the owner of the shop if you need this page.', footer: 'Duka, the shop assistant',
    crashed: 'This page stumbled', crashedHint: 'Reload it. Nothing you saved is lost.', docs: 'API',
    install: 'Install the app',
  },
  sw: {
    overview: 'Nyumbani', orders: 'Oda', inbox: 'Jumbe', products: 'Bidhaa', customers: 'Wateja', bookings: 'Miadi',
    money: 'Pesa', analytics: 'Takwimu', simulator: 'Jaribu duka', knowledge: 'Maarifa', team: 'Timu', settings: 'Mipangilio',
    account: 'Akaunti yangu', operator: 'Msimamizi mkuu', more: 'Zaidi', menu: 'Menyu', toContent: 'Ruka hadi kwenye ukurasa',
    palette: 'Tafuta chochote', paletteHint: 'Tafuta kurasa, bidhaa, oda, wateja', signOut: 'Toka', light: 'Mwangaza', dark: 'Giza', system: 'Kama kifaa',
    look: 'Mwonekano', reconnecting: 'Tunaunganisha tena na duka. Unachoona kinaweza kuwa cha sekunde chache zilizopita.',
    switchShop: 'Badilisha duka', newOrder: 'Oda mpya', paid: 'Malipo yameingia', handover: 'Mteja anataka kuongea na mtu',
    newBooking: 'Miadi mpya', lowStock: 'Bidhaa inakaribia kuisha', open: 'Fungua', updated: 'Toleo jipya liko tayari', reload: 'Pakia upya',
    pages: 'Kurasa', notFound: 'Ukurasa huu haupo', notFoundHint: 'Huenda anwani imekosewa, au kilichokuwa hapa kimeondolewa.', home: 'Rudi nyumbani',
    denied: 'Si sehemu ya wadhifa wako', deniedHint: 'Muulize mwenye duka ikiwa unahitaji ukurasa huu.', footer: 'Duka, msaidizi wa biashara',
    crashed: 'Ukurasa huu umekwama', crashedHint: 'Upakie upya. Ulichohifadhi hakijapotea.', docs: 'API',
    install: 'Weka programu kwenye simu',
  },
});
