//! Whose fault is a low rate: the offer's and the site's, or one channel's?

use crate::plan::Link;

/// Where to look for the cause of a low rate.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// Most channels lie below their target in this link: the offer or the site is at fault.
    Offer {
        /// The link.
        link: Link,
        /// How many channels lie below.
        below: usize,
        /// Of how many with a target and a believed rate.
        of: usize,
    },
    /// One channel lies below the others: that channel is at fault.
    Channel {
        /// The link.
        link: Link,
        /// The channel's place in the plan.
        channel: usize,
    },
}
