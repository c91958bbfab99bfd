//! Group recall for SQLite: all who ask at the same time are answered by one statement.
//!
//! A statement runs on a thread of its connection, and two changes of thread cost more than the statement. Every turn
//! begins with the same question, so those that wait are asked together, as the writer commits together.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use duka_kernel::{ConversationId, TenantScope};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, FromQueryResult, Statement, Value};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::{StoreError, conversations::RecallRow, writer::closed};

/// The most conversations in one statement: a power of two, see [`Task::find`].
const MOST: usize = 32;
/// Those who may wait before others have to.
const QUEUE: usize = 1024;

struct Asked {
    key: Key,
    reply: oneshot::Sender<Result<Vec<RecallRow>, StoreError>>,
}

/// A shop and its conversation.
type Key = (Uuid, Uuid);

/// The queue into the task. The task ends when the last clone is dropped.
#[derive(Clone)]
pub(crate) struct Recaller(mpsc::Sender<Asked>);

impl Recaller {
    pub fn start(database: DatabaseConnection, statements: Arc<AtomicU64>) -> Self {
        let (queue, mut waiting) = mpsc::channel::<Asked>(QUEUE);
        let task = Task { database, statements };
        tokio::spawn(async move {
            let mut asked = Vec::with_capacity(MOST);
            while waiting.recv_many(&mut asked, MOST).await > 0 {
                let mut waiting: Vec<Asked> = std::mem::take(&mut asked);
                while !waiting.is_empty() {
                    // Who asks what another has just asked is answered by a statement of their own.
                    let mut keys = HashSet::new();
                    let (now, later) = waiting.into_iter().partition::<Vec<_>, _>(|asked| keys.insert(asked.key));
                    task.answer(now).await;
                    waiting = later;
                }
            }
        });
        Self(queue)
    }

    /// The rows of a conversation of a shop, and of no other.
    pub async fn rows(&self, scope: TenantScope, conversation: ConversationId) -> Result<Vec<RecallRow>, StoreError> {
        let (reply, answer) = oneshot::channel();
        let asked = Asked { key: (scope.tenant().0, conversation.0), reply };
        self.0.send(asked).await.map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }
}

struct Task {
    database: DatabaseConnection,
    statements: Arc<AtomicU64>,
}

impl Task {
    async fn answer(&self, asked: Vec<Asked>) {
        let keys: Vec<Key> = asked.iter().map(|asked| asked.key).collect();
        // Who went away has no use for the answer.
        match self.find(&keys).await {
            Ok(mut found) => asked.into_iter().for_each(|asked| {
                let _ = asked.reply.send(Ok(found.remove(&asked.key).unwrap_or_default()));
            }),
            Err(error) => asked.into_iter().for_each(|asked| {
                let _ = asked.reply.send(Err(error.clone().into()));
            }),
        }
    }

    async fn find(&self, keys: &[Key]) -> Result<HashMap<Key, Vec<RecallRow>>, DbErr> {
        // Nothing is asked for until the number is a power of two, so that few statements stay prepared.
        let padding = keys.len().next_power_of_two() - keys.len();
        let padded = keys.iter().copied().chain(std::iter::repeat_n((Uuid::nil(), Uuid::nil()), padding));
        let values: Vec<Value> = padded.flat_map(|(shop, id)| [Value::from(shop), Value::from(id)]).collect();
        let find = RecallRow::find(values.len() / 2);
        let statement = Statement::from_sql_and_values(self.database.get_database_backend(), find, values);
        self.statements.fetch_add(1, Ordering::Relaxed);
        let mut found: HashMap<Key, Vec<RecallRow>> = HashMap::with_capacity(keys.len());
        for row in self.database.query_all_raw(statement).await? {
            let row = RecallRow::from_query_result(&row, "")?;
            found.entry((row.tenant_id, row.conversation())).or_default().push(row);
        }
        Ok(found)
    }
}
