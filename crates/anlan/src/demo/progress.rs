//! How far the making has come, on stderr: one line that is written over on a terminal, a line every few seconds elsewhere. What is
//! done within two seconds says nothing.

use std::{
    cell::Cell,
    io::{IsTerminal, stderr},
};

use app::Clock;
use domain::time::{Instant, SECOND};

const SILENT: i64 = 2 * SECOND;

pub struct Progress {
    clock: Clock,
    began: Instant,
    said: Cell<Instant>,
    terminal: bool,
}

impl Progress {
    pub fn begin(clock: Clock) -> Self {
        let began = clock.now();
        Self {
            clock,
            began,
            said: Cell::new(began),
            terminal: stderr().is_terminal(),
        }
    }

    fn milliseconds(&self) -> i64 {
        self.clock.now().0 - self.began.0
    }

    pub fn show(&self, done: usize, total: usize) {
        let now = self.clock.now();
        let pause = if self.terminal { SECOND / 5 } else { 5 * SECOND };
        if self.milliseconds() < SILENT || now.0 - self.said.get().0 < pause {
            return;
        }
        self.said.set(now);
        let percent = done * 100 / total.max(1);
        let line = format!(
            "建立演示城市  making the demo city  {done}/{total}  {percent}%  {} 秒 s",
            self.milliseconds() / SECOND
        );
        if self.terminal {
            eprint!("\r\x1b[2K{line}")
        } else {
            eprintln!("{line}")
        }
    }

    pub fn end(&self, acts: usize) {
        if self.milliseconds() < SILENT {
            return;
        }
        let over = if self.terminal { "\r\x1b[2K" } else { "" };
        eprintln!(
            "{over}演示城市已建立  the demo city is made  {acts} 步 acts  {} 秒 s",
            self.milliseconds() / SECOND
        );
    }
}
