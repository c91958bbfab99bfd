//! Which role may do what: each built-in role calls each operation.

use duka_shop::team::Role;

use crate::{fixture::nobodys, walks::operations, world::on_each};

#[tokio::test]
async fn each_role_may_do_what_it_is_for() {
    on_each(|world| async move {
        let scope = world.shop("malkia").await;
        let mut roles = Vec::new();
        for role in Role::ALL {
            roles.push((*role, world.member(scope, *role).await.1));
        }
        let mut table = String::new();
        for operation in operations().iter().filter(|operation| operation.right.is_some()) {
            let mut line = format!("{:<32}", operation.name);
            for (role, caller) in &roles {
                // A thing that is nobody's, and a body that says nothing: allowed or not, nothing happens.
                let path = nobodys(&operation.path);
                let answer = world.call(caller, operation.method.clone(), &path, Some(serde_json::json!({}))).await;
                assert!(!answer.status.is_server_error() && answer.status != 401, "{}", answer.text);
                let allowed = answer.status != 403;
                assert_eq!(allowed, role.rights().has(operation.right.unwrap()), "{role} {}", operation.name);
                let word = if allowed { role.name() } else { "-" };
                line.push_str(&format!("{word:<width$}", width = role.name().len() + 2));
            }
            table.push_str(line.trim_end());
            table.push('\n');
        }
        insta::assert_snapshot!("roles", table);
    })
    .await;
}
