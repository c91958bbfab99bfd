//! Language models: the chain of providers, what they cost, how they fail.
