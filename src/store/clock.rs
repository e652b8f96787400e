//! The clock on the user's wall.

use std::sync::OnceLock;
use std::time::SystemTime;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Now, in the user's own time zone.
pub fn now() -> Zoned {
    Timestamp::now().to_zoned(zone())
}

/// A time of the disk in the user's own time zone; `None` where it is out of the calendar.
pub fn local(time: SystemTime) -> Option<Zoned> {
    Some(Timestamp::try_from(time).ok()?.to_zoned(zone()))
}

/// The user's own time zone, as it was when it was first asked for.
fn zone() -> TimeZone {
    static ZONE: OnceLock<TimeZone> = OnceLock::new();
    ZONE.get_or_init(|| linked().unwrap_or_else(TimeZone::system)).clone()
}

/// The zone that the system links to. Read as it is: asked for the zone by its name, jiff looks through every folder of
/// zones first, which takes longer than everything else before the first frame.
fn linked() -> Option<TimeZone> {
    if std::env::var_os("TZ").is_some() {
        return None;
    }
    TimeZone::tzif("", &std::fs::read("/etc/localtime").ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::{local, now};

    #[test]
    fn the_clock_on_the_wall_is_the_systems() {
        let (own, systems) = (now(), jiff::Zoned::now());
        assert_eq!(own.offset(), systems.offset());
        assert!(systems.duration_since(&own).as_secs() < 60);
        assert_eq!(local(std::time::UNIX_EPOCH).map(|time| time.timestamp()), Some(jiff::Timestamp::UNIX_EPOCH));
    }
}
