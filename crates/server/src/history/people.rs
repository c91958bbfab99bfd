//! Who writes to the demo shop: invented, with names as they are common in Kenya.

/// First names.
pub const FIRST: [&str; 48] = [
    "Wanjiku", "Achieng", "Njeri", "Akinyi", "Wambui", "Mumbua", "Chebet", "Nafula", "Halima", "Zawadi", "Faith", "Mercy",
    "Joy", "Grace", "Purity", "Brenda", "Sharon", "Cynthia", "Esther", "Lilian", "Nyambura", "Atieno", "Moraa", "Kerubo",
    "Mwende", "Wairimu", "Jebet", "Fatuma", "Aisha", "Nekesa", "Brian", "Kevin", "Otieno", "Kamau", "Mwangi", "Kiprono",
    "Dennis", "Collins", "Hassan", "Mutua", "Ian", "Victor", "Linet", "Stacy", "Winnie", "Dorcas", "Tabitha", "Yvonne",
];

/// Last names.
pub const LAST: [&str; 40] = [
    "Mwangi", "Otieno", "Kamau", "Wafula", "Kiptoo", "Mutiso", "Njoroge", "Ochieng", "Maina", "Kariuki", "Omondi",
    "Cheruiyot", "Wanyama", "Kilonzo", "Nyaga", "Odhiambo", "Kimani", "Rotich", "Barasa", "Musyoka", "Ng'ang'a", "Gitau",
    "Onyango", "Koech", "Simiyu", "Mbugua", "Abdi", "Hassan", "Juma", "Mwikali", "Kibet", "Wekesa", "Nyong'o", "Auma",
    "Karanja", "Muthoni", "Lagat", "Moraa", "Githinji", "Were",
];

/// Where they live, with the zone of the demo shop and its fee in minor units.
pub const AREAS: [(&str, &str, i64); 16] = [
    ("Kilimani", "ngong-road", 15_000),
    ("Lavington", "ngong-road", 15_000),
    ("Kileleshwa", "ngong-road", 15_000),
    ("Ngumo", "ngong-road", 15_000),
    ("Westlands", "nairobi", 25_000),
    ("Roysambu", "nairobi", 25_000),
    ("South B", "nairobi", 25_000),
    ("Donholm", "nairobi", 25_000),
    ("Kasarani", "nairobi", 25_000),
    ("Langata", "nairobi", 25_000),
    ("Utawala", "nairobi", 25_000),
    ("Rongai", "around-nairobi", 35_000),
    ("Ruaka", "around-nairobi", 35_000),
    ("Thika", "around-nairobi", 35_000),
    ("Nakuru", "upcountry", 45_000),
    ("Kisumu", "upcountry", 45_000),
];
