//! Finding customers by name or number, although both are encrypted: of each, keyed hashes of its beginnings are kept.
//!
//! Of a word of a name the first [`LONGEST`] letters count, and one letter alone finds nothing; of a number its beginning
//! (from three digits on, however the country is written) or its last four digits. What somebody wrote in between is not
//! found. Of more than [`Tx::find_customers`]'s limit, those who came last are found.

use std::collections::BTreeSet;

use duka_kernel::CustomerId;
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use crate::{
    Store, StoreError, SystemTx, Tx,
    customers::{NAME, PAYER, PHONE},
    tx::parameters,
};

/// The letters of a word that count.
const LONGEST: usize = 8;
/// Bytes of a hash that are kept: enough that two words of a shop never meet.
const HASH: usize = 12;
/// Customers whose hashes are made in one transaction.
const BATCH: i64 = 500;

/// How a search is answered where it narrows a list.
pub(crate) const MOST_FOUND: u32 = 500;

#[derive(FromQueryResult)]
struct Found {
    customer_id: Uuid,
}

#[derive(FromQueryResult)]
struct Plain {
    tenant_id: Uuid,
    id: Uuid,
    name_enc: Option<Vec<u8>>,
    phone_enc: Option<Vec<u8>>,
    payer_enc: Option<Vec<u8>>,
}

/// The words of a name, without the apostrophes that Kenyan names have inside a word.
fn words(name: &str) -> Vec<String> {
    let name: String = name.chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | '`')).collect();
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

fn clipped(word: &str, letters: usize) -> String {
    word.chars().take(letters).collect()
}

/// The number without the country and without the zero that stands for it.
fn national(digits: &str) -> &str {
    let local = digits.strip_prefix("254").filter(|rest| rest.len() > 2).unwrap_or(digits);
    local.strip_prefix('0').unwrap_or(local)
}

/// Everything a customer is found by.
fn terms<'a>(name: Option<&str>, numbers: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    for word in name.map(words).unwrap_or_default() {
        let length = word.chars().count().min(LONGEST);
        terms.extend((2..=length).map(|letters| format!("name:{}", clipped(&word, letters))));
    }
    for digits in numbers {
        let number = national(digits);
        terms.extend((3..=number.len()).map(|n| format!("number:{}", &number[..n])));
        terms.extend(number.len().checked_sub(4).map(|start| format!("end:{}", &number[start..])));
    }
    terms
}

/// What is looked for: every group has to be met, by one of its terms. None if nothing can be looked for.
fn needles(said: &str) -> Option<Vec<Vec<String>>> {
    let is_number = said.chars().all(|c| c.is_ascii_digit() || " +-().".contains(c));
    if is_number {
        let digits: String = said.chars().filter(char::is_ascii_digit).collect();
        let number = national(&digits);
        let mut group = vec![format!("number:{number}")];
        if digits.len() == 4 {
            group.push(format!("end:{digits}"));
        }
        return (number.len() >= 3).then(|| vec![group]);
    }
    let mut words: Vec<String> = words(said).iter().map(|word| clipped(word, LONGEST)).collect();
    words.retain(|word| word.chars().count() > 1);
    // The longest is met least often.
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.truncate(5);
    (!words.is_empty()).then(|| words.into_iter().map(|word| vec![format!("name:{word}")]).collect())
}

impl Tx {
    /// Customers whose name has words that begin so, or whose number begins or ends so; who came last comes first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn find_customers(&self, said: &str, limit: u32) -> Result<Vec<CustomerId>, StoreError> {
        let Some(needles) = needles(said) else { return Ok(Vec::new()) };
        let mut values: Vec<Value> = vec![self.tenant_uuid().into()];
        let mut conditions = Vec::with_capacity(needles.len());
        for (i, group) in needles.iter().enumerate() {
            let places = parameters(values.len() + 1, group.len());
            for term in group {
                values.push(self.term(term)?.into());
            }
            conditions.push(if i == 0 {
                format!("t.term IN ({places})")
            } else {
                format!(
                    "EXISTS (SELECT 1 FROM customer_terms o WHERE o.tenant_id = $1 AND o.term IN ({places}) \
                     AND o.customer_id = t.customer_id)"
                )
            });
        }
        values.push(i64::from(limit).into());
        let find = format!(
            "SELECT DISTINCT t.customer_id FROM customer_terms t WHERE t.tenant_id = $1 AND {} \
             ORDER BY t.customer_id DESC LIMIT ${}",
            conditions.join(" AND "),
            values.len()
        );
        let rows: Vec<Found> = self.conn.rows(find, values).await?;
        Ok(rows.into_iter().map(|row| CustomerId(row.customer_id)).collect())
    }

    fn term(&self, term: &str) -> Result<Vec<u8>, StoreError> {
        let mut hash = self.hash("customer_terms.term", term)?;
        hash.truncate(HASH);
        Ok(hash)
    }

    /// Keeps what a new customer is found by.
    pub(crate) async fn index_customer(
        &self,
        customer: CustomerId,
        name: Option<&str>,
        numbers: &[&str],
    ) -> Result<(), StoreError> {
        let terms = self.terms_of(name, numbers)?;
        if terms.is_empty() {
            return Ok(());
        }
        let rows: Vec<String> = (3..3 + terms.len()).map(|n| format!("($1, ${n}, $2)")).collect();
        let insert = format!(
            "INSERT INTO customer_terms (tenant_id, term, customer_id) VALUES {} ON CONFLICT DO NOTHING",
            rows.join(", ")
        );
        let mut values: Vec<Value> = vec![self.tenant_uuid().into(), customer.0.into()];
        values.extend(terms.into_iter().map(Value::from));
        self.conn.run(insert, values).await.map(drop)
    }

    /// The hashes of everything a customer is found by.
    pub(crate) fn terms_of(&self, name: Option<&str>, numbers: &[&str]) -> Result<Vec<Vec<u8>>, StoreError> {
        terms(name, numbers.iter().copied()).iter().map(|term| self.term(term)).collect()
    }

    /// Forgets what a customer is found by.
    pub(crate) async fn forget_terms(&self, customer: CustomerId) -> Result<(), StoreError> {
        const FORGET: &str = "DELETE FROM customer_terms WHERE tenant_id = $1 AND customer_id = $2";
        self.conn.run(FORGET, vec![self.tenant_uuid().into(), customer.0.into()]).await.map(drop)
    }

    /// Keeps anew what a customer is found by, from what is stored of them.
    pub(crate) async fn index_customer_again(&self, customer: CustomerId) -> Result<(), StoreError> {
        const FIND: &str = "SELECT tenant_id, id, name_enc, phone_enc, payer_enc FROM customers \
             WHERE tenant_id = $1 AND id = $2";
        let found: Option<Plain> = self.conn.row(FIND, vec![self.tenant_uuid().into(), customer.0.into()]).await?;
        self.forget_terms(customer).await?;
        match found {
            Some(row) => self.index_row(&row).await,
            None => Ok(()),
        }
    }

    async fn index_row(&self, row: &Plain) -> Result<(), StoreError> {
        let name = self.open_optional(NAME, row.name_enc.as_deref())?;
        let phone = self.open_optional(PHONE, row.phone_enc.as_deref())?;
        let payer = self.open_optional(PAYER, row.payer_enc.as_deref())?;
        let numbers: Vec<&str> = [&phone, &payer].into_iter().flatten().map(String::as_str).collect();
        self.index_customer(CustomerId(row.id), name.as_deref(), &numbers).await
    }
}

impl Store {
    /// Makes customers searchable that an older version stored.
    pub(crate) async fn index_customers(&self) -> Result<(), StoreError> {
        while self.system_write(|tx| Box::pin(tx.index_some_customers())).await? > 0 {}
        Ok(())
    }
}

impl SystemTx {
    async fn index_some_customers(&self) -> Result<usize, StoreError> {
        const FIND: &str = "SELECT tenant_id, id, name_enc, phone_enc, payer_enc FROM customers \
             WHERE NOT searchable ORDER BY id LIMIT $1";
        const DONE: &str = "UPDATE customers SET searchable = TRUE WHERE tenant_id = $1 AND id = $2";
        let rows: Vec<Plain> = self.conn.rows(FIND, vec![BATCH.into()]).await?;
        for row in &rows {
            let shop = self.within(duka_kernel::TenantScope::of(duka_kernel::TenantId(row.tenant_id)));
            shop.index_row(row).await?;
            self.conn.run(DONE, vec![row.tenant_id.into(), row.id.into()]).await?;
        }
        Ok(rows.len())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn finds(said: &str, name: &str, number: &str) -> bool {
        let known = terms(Some(name), [number]);
        needles(said).is_some_and(|groups| groups.iter().all(|group| group.iter().any(|term| known.contains(term))))
    }

    #[test]
    fn a_name_is_found_by_the_beginnings_of_its_words_in_any_order() {
        for said in ["wanjiku", "Wan", "mwangi wanj", "NGANGA", "ng'a", "Ng’ang’a", "wa ng"] {
            assert!(finds(said, "Wanjiku Ng'ang'a Mwangi", "254712345678"), "{said}");
        }
        for said in ["anjiku", "wanjiru", "w", "", "wanjiku otieno", "✨"] {
            assert!(!finds(said, "Wanjiku Ng'ang'a Mwangi", "254712345678"), "{said}");
        }
        assert!(finds("Akinyiewuor", "Akinyiewuori", "254712345678"), "of a word the first eight letters count");
    }

    #[test]
    fn a_number_is_found_by_its_beginning_and_its_last_four_digits_however_it_is_written() {
        for said in ["0712345678", "+254 712 345 678", "254712345678", "712345", "0712", "5678", "712"] {
            assert!(finds(said, "Wanjiku", "254712345678"), "{said}");
        }
        for said in ["0713", "345", "678", "12", "+254", "07123456789"] {
            assert!(!finds(said, "Wanjiku", "254712345678"), "{said}");
        }
    }
}
