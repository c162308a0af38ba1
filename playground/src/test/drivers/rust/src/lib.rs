//! Says a line of JSON after each step, and goes on when it is told a line.

use std::error::Error;
use std::fmt::{Debug, Display, Formatter};
use std::future::Future;
use std::io::{BufRead, stdin};
use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

pub type Outcome<T = &'static str> = Result<T, Box<dyn Error + Send + Sync>>;

const LIMIT: Duration = Duration::from_secs(10);

static IS_BEGUN: AtomicBool = AtomicBool::new(false);

/// The driver has no such thing.
#[derive(Debug)]
pub struct Lacking(pub &'static str);

impl Display for Lacking {
    fn fmt(&self, formatter: &mut Formatter) -> std::fmt::Result {
        formatter.write_str(self.0)
    }
}

impl Error for Lacking {}

pub async fn lacking(what: &'static str) -> Outcome {
    Err(Lacking(what).into())
}

/// Does the work, which returns what there is to say about it.
pub async fn step(name: &str, work: impl Future<Output = Outcome>) {
    if IS_BEGUN.swap(true, Ordering::Relaxed) && !is_told() {
        exit(0);
    }
    match tokio::time::timeout(LIMIT, work).await {
        Ok(Ok(detail)) => say(name, json!(true), detail),
        Ok(Err(problem)) if problem.is::<Lacking>() => say(name, Value::Null, &problem.to_string()),
        Ok(Err(problem)) => say(name, json!(false), &format!("{problem:?}")),
        Err(_) => {
            // What it began may go on, and would spoil the steps that come.
            say(name, json!(false), "took too long");
            exit(1);
        }
    }
}

fn is_told() -> bool {
    tokio::task::block_in_place(|| stdin().lock().read_line(&mut String::new()).is_ok_and(|length| length > 0))
}

fn say(name: &str, ok: Value, detail: &str) {
    println!("{}", json!({"name": name, "ok": ok, "detail": detail}));
}

pub fn expect<T: PartialEq + Debug>(expected: T, actual: T) -> Outcome<()> {
    if expected == actual { Ok(()) } else { Err(format!("expected {expected:?} but got {actual:?}").into()) }
}
