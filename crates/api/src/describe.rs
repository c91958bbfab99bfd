//! The description of the API comes from the types of its handlers: who may call is the type of the first argument, what
//! is asked are the types of the others, what is answered is the type of the result. So it cannot say anything else than
//! the code does.

use std::collections::BTreeMap;

use axum::extract::DefaultBodyLimit;
use utoipa::{
    ToSchema,
    openapi::{
        Components, Content, HttpMethod, OpenApi, Ref, RefOr, Required, Response, Schema,
        path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem},
        security::SecurityRequirement,
    },
};
use utoipa_axum::router::UtoipaMethodRouter;

use crate::{
    Api,
    problem::{ProblemOut, Reply},
};

/// An operation while it is being described.
pub struct Describing<'a> {
    /// What is said of it.
    pub operation: &'a mut Operation,
    /// Its address, with names in braces.
    pub path: &'a str,
    /// Whether its method is POST.
    pub posts: bool,
    schemas: &'a mut Vec<(String, RefOr<Schema>)>,
}

impl Describing<'_> {
    /// A reference to a type, which is described with everything in it.
    pub fn schema<T: ToSchema>(&mut self) -> RefOr<Schema> {
        T::schemas(self.schemas);
        self.schemas.push((T::name().into_owned(), T::schema()));
        Ref::from_schema_name(T::name()).into()
    }

    /// A parameter.
    pub fn parameter(&mut self, parameter: Parameter) {
        self.operation.parameters.get_or_insert_default().push(RefOr::T(parameter));
    }

    /// A header that may or has to be sent.
    pub fn header(&mut self, name: &str, required: bool, description: &str) {
        let header = ParameterBuilder::new()
            .name(name)
            .parameter_in(ParameterIn::Header)
            .required(if required { Required::True } else { Required::False })
            .description(Some(description))
            .schema(Some(<String as utoipa::PartialSchema>::schema()));
        self.parameter(header.build());
    }

    /// An answer.
    pub fn answers(
        &mut self,
        status: &str,
        description: &str,
        content: Option<(&str, RefOr<Schema>)>,
    ) -> &mut Response {
        let mut response = Response::new(description);
        if let Some((kind, schema)) = content {
            response.content.insert(kind.to_owned(), Content::new(Some(schema)).into());
        }
        self.operation.responses.responses.insert(status.to_owned(), RefOr::T(response));
        match self.operation.responses.responses.get_mut(status) {
            Some(RefOr::T(response)) => response,
            _ => unreachable!("it was put there"),
        }
    }

    /// Who may call: somebody who has a right in a shop (`x-right`), or else whom (`x-caller`).
    pub fn caller(&mut self, (name, whom): (&str, &str), ways: Vec<SecurityRequirement>) {
        self.operation.extensions = Some([(name, whom)].into_iter().collect());
        self.operation.security = Some(ways);
    }
}

/// An argument of a handler.
pub trait Input {
    /// Says what it asks for.
    fn describe(at: &mut Describing<'_>);
}

/// The first argument of a handler: who may call it.
pub trait Caller {
    /// Says who.
    fn describe(at: &mut Describing<'_>);
}

/// What a handler gives when all is well.
pub trait Output {
    /// Says what is answered.
    fn describe(at: &mut Describing<'_>);
}

/// A handler whose types describe it.
pub trait Described<Arguments> {
    /// Says everything that its types say.
    fn describe(at: &mut Describing<'_>);
}

macro_rules! described {
    ($($argument:ident)*) => {
        impl<F, Fut, C, O, $($argument,)*> Described<(C, $($argument,)*)> for F
        where
            F: Fn(C, $($argument,)*) -> Fut,
            Fut: Future<Output = Reply<O>>,
            C: Caller,
            O: Output,
            $($argument: Input,)*
        {
            fn describe(at: &mut Describing<'_>) {
                C::describe(at);
                $($argument::describe(at);)*
                O::describe(at);
                let problem = at.schema::<ProblemOut>();
                at.answers("default", "A problem", Some(("application/problem+json", problem)));
            }
        }
    };
}
described!();
described!(A);
described!(A B);
described!(A B D);
described!(A B D E);
described!(A B D E G);

/// A handler at its address, with its description.
pub struct Route(UtoipaMethodRouter<Api>);

/// Puts a handler at the address that it names in its `utoipa::path`.
#[macro_export]
macro_rules! route {
    ($handler:path) => {
        $crate::describe::Route::new(utoipa_axum::routes!($handler), &$handler)
    };
}

impl Route {
    /// A handler and the address that was read from it; see [`route!`].
    #[must_use]
    pub fn new<H: Described<Arguments>, Arguments>(mut parts: UtoipaMethodRouter<Api>, _: &H) -> Self {
        let (schemas, paths, _) = &mut parts;
        for (path, item) in &mut paths.paths {
            let posts = item.post.is_some();
            for operation in operations_mut(item) {
                // A comment of several lines is one sentence.
                operation.summary = operation.summary.take().map(|text| text.replace('\n', " "));
                H::describe(&mut Describing { operation, path, posts, schemas });
            }
        }
        Self(parts)
    }

    /// With another limit on the size of the body than usual.
    #[must_use]
    pub fn up_to(self, bytes: usize) -> Self {
        let (schemas, paths, router) = self.0;
        Self((schemas, paths, router.layer(DefaultBodyLimit::max(bytes))))
    }
}

fn operations_mut(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten()
}

/// The operations of one address with their methods.
pub fn operations(item: &PathItem) -> impl Iterator<Item = (HttpMethod, &Operation)> {
    let all = [
        (HttpMethod::Get, &item.get),
        (HttpMethod::Post, &item.post),
        (HttpMethod::Put, &item.put),
        (HttpMethod::Patch, &item.patch),
        (HttpMethod::Delete, &item.delete),
    ];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
}

/// Routes under a prefix as one router, and their description.
///
/// # Panics
/// If two types are called the same, or two operations: clients could not tell them apart.
pub fn assemble(prefix: &str, mut document: OpenApi, routes: Vec<Route>) -> (axum::Router<Api>, OpenApi) {
    let mut router = axum::Router::new();
    let mut schemas: BTreeMap<String, RefOr<Schema>> = BTreeMap::new();
    let mut names = Vec::new();
    for Route((described, paths, methods)) in routes {
        for (name, schema) in described {
            let known = schemas.entry(name.clone()).or_insert_with(|| schema.clone());
            assert!(*known == schema, "two types of the API are called {name}");
        }
        for (path, item) in paths.paths {
            router = router.route(&path, methods.clone());
            names.extend(operations(&item).map(|(_, operation)| operation.operation_id.clone().unwrap_or_default()));
            let path = format!("{prefix}{path}");
            match document.paths.paths.get_mut(&path) {
                Some(known) => known.merge_operations(item),
                None => drop(document.paths.paths.insert(path, item)),
            }
        }
    }
    names.sort_unstable();
    let twice = names.windows(2).find(|pair| pair[0] == pair[1]);
    assert!(twice.is_none(), "two operations are called {:?}", twice.map(|pair| &pair[0]));
    document.components.get_or_insert_with(Components::new).schemas.extend(schemas);
    (router, document)
}
