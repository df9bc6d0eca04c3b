//! Papers read back by parsers that are not ours: packages by `zip`, XML by `quick-xml`.

mod facts;
mod figures;
mod hostile;
mod package;
mod samples;
mod see;
