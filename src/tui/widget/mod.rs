//! Pieces that views are made of: they take plain numbers and draw them. They know no plan.

pub(crate) mod text;
