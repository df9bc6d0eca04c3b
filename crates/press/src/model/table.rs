//! Tables: lists with a head that repeats on each page, and the grids of forms. Columns have fixed widths; cells may span.

/// The most rows of one table. What is left off is said in its last row.
pub const MOST_ROWS: usize = 2_000;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Widths in millimetres.
    pub columns: Vec<u32>,
    /// How many of the first rows repeat on each page.
    pub head: usize,
    pub rows: Vec<Row>,
    /// Text of smaller type, for sheets that have to stay one leaf.
    pub dense: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    pub cells: Vec<Cell>,
    /// At least this high, in millimetres; 0 for as high as its text.
    pub least: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub lines: Vec<Line>,
    pub kind: Kind,
    /// How many columns and rows it takes; the cells that it covers are left out.
    pub across: usize,
    pub down: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    #[default]
    Text,
    /// Names what stands beside or below it.
    Label,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    pub text: String,
    pub align: Align,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    #[default]
    Start,
    Centre,
    End,
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self::lines([(text.into(), Align::Start)])
    }

    pub fn centred(text: impl Into<String>) -> Self {
        Self::lines([(text.into(), Align::Centre)])
    }

    pub fn label(text: impl Into<String>) -> Self {
        Self {
            kind: Kind::Label,
            ..Self::centred(text)
        }
    }

    pub fn lines(lines: impl IntoIterator<Item = (String, Align)>) -> Self {
        let lines = lines
            .into_iter()
            .map(|(text, align)| Line { text, align })
            .collect();
        Self {
            lines,
            kind: Kind::Text,
            across: 1,
            down: 1,
        }
    }

    pub fn across(self, columns: usize) -> Self {
        Self {
            across: columns,
            ..self
        }
    }

    pub fn down(self, rows: usize) -> Self {
        Self { down: rows, ..self }
    }
}

/// A cell where it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed<'a> {
    /// `None` where nothing was said: a blank.
    pub cell: Option<&'a Cell>,
    pub column: usize,
    pub across: usize,
    pub down: usize,
    /// Lies under a cell of a row above, which covers it.
    pub covered: bool,
}

impl Table {
    pub fn new(columns: impl Into<Vec<u32>>) -> Self {
        Self {
            columns: columns.into(),
            ..Self::default()
        }
    }

    /// A list under a row of labels.
    pub fn list<const N: usize>(
        columns: [(&str, u32); N],
        rows: impl IntoIterator<Item = [String; N]>,
    ) -> Self {
        let mut table = Self {
            head: 1,
            ..Self::new(columns.map(|(_, width)| width))
        };
        table.push(Row::of(columns.map(|(label, _)| Cell::label(label))));
        let mut rows = rows.into_iter();
        for row in rows.by_ref().take(MOST_ROWS) {
            // The first column numbers or names the row.
            let cells = row.into_iter().enumerate().map(|(at, text)| {
                if at == 0 {
                    Cell::centred(text)
                } else {
                    Cell::text(text)
                }
            });
            table.push(Row::of(cells));
        }
        let left_off = rows.count();
        if left_off > 0 {
            table.push(Row::of([
                Cell::centred(format!("另有 {left_off} 条，见系统")).across(N)
            ]));
        }
        table
    }

    pub fn dense(self) -> Self {
        Self { dense: true, ..self }
    }

    pub fn push(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Label and value side by side, two pairs to a row on four columns; a last one alone takes the whole row.
    pub fn pairs(&mut self, pairs: &[(String, String)]) {
        for pair in pairs.chunks(2) {
            let alone = pair.len() == 1;
            let cells = pair.iter().flat_map(|(label, value)| {
                [
                    Cell::label(label.as_str()),
                    Cell::text(value.as_str()).across(if alone { 3 } else { 1 }),
                ]
            });
            self.push(Row {
                cells: cells.collect(),
                least: 0,
            });
        }
    }

    /// Every row filled to its last column: a cell too wide is narrowed, a missing one is a blank. So a table is always one that
    /// an editor opens, whatever was said.
    pub fn placed(&self) -> Vec<Vec<Placed<'_>>> {
        let width = self.columns.len();
        // For each column, how many rows the cell above still covers, and how wide it is.
        let mut covering = vec![(0_usize, 0_usize); width];
        let mut placed = Vec::with_capacity(self.rows.len());
        for (at, row) in self.rows.iter().enumerate() {
            let (mut cells, mut column, mut line) = (row.cells.iter(), 0, Vec::new());
            while column < width {
                let (rows, wide) = covering[column];
                if rows > 0 {
                    covering[column].0 -= 1;
                    line.push(Placed {
                        cell: None,
                        column,
                        across: wide,
                        down: 1,
                        covered: true,
                    });
                    column += wide;
                    continue;
                }
                let cell = cells.next();
                let free = covering[column..]
                    .iter()
                    .take_while(|(rows, _)| *rows == 0)
                    .count();
                let across = cell.map_or(1, |cell| cell.across).clamp(1, free);
                let down = cell.map_or(1, |cell| cell.down).clamp(1, self.rows.len() - at);
                covering[column] = (down - 1, across);
                line.push(Placed {
                    cell,
                    column,
                    across,
                    down,
                    covered: false,
                });
                column += across;
            }
            placed.push(line);
        }
        placed
    }

    /// Width in millimetres of a cell where it lies.
    pub fn width_of(&self, placed: &Placed<'_>) -> u32 {
        self.columns[placed.column..placed.column + placed.across]
            .iter()
            .sum()
    }
}

impl Row {
    pub fn of(cells: impl IntoIterator<Item = Cell>) -> Self {
        Self {
            cells: cells.into_iter().collect(),
            least: 0,
        }
    }

    pub fn least(self, millimetres: u32) -> Self {
        Self {
            least: millimetres,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(table: &Table) -> Vec<Vec<(usize, usize, bool)>> {
        let of = |row: Vec<Placed>| {
            row.iter()
                .map(|one| (one.column, one.across, one.covered))
                .collect()
        };
        table.placed().into_iter().map(of).collect()
    }

    #[test]
    fn rows_are_filled_and_never_run_over() {
        let mut table = Table::new([10, 20, 30]);
        table.push(Row::of([Cell::text("a").down(2), Cell::text("b").across(9)]));
        table.push(Row::of([Cell::text("c")]));
        table.push(Row::of([]));
        assert_eq!(
            spans(&table),
            [
                vec![(0, 1, false), (1, 2, false)],
                vec![(0, 1, true), (1, 1, false), (2, 1, false)],
                vec![(0, 1, false), (1, 1, false), (2, 1, false)],
            ]
        );
    }

    #[test]
    fn a_cell_never_reaches_below_the_last_row_or_across_one_that_hangs_down() {
        let mut table = Table::new([10, 20, 30]);
        table.push(Row::of([
            Cell::text("a"),
            Cell::text("b").down(7),
            Cell::text("c"),
        ]));
        table.push(Row::of([Cell::text("d").across(3), Cell::text("e")]));
        assert_eq!(table.placed()[0][1].down, 2);
        assert_eq!(spans(&table)[1], [(0, 1, false), (1, 1, true), (2, 1, false)]);
    }

    #[test]
    fn a_list_says_how_much_it_leaves_off() {
        let rows = (0..MOST_ROWS + 3).map(|n| [n.to_string()]);
        let table = Table::list([("序号", 10)], rows);
        assert_eq!(table.rows.len(), 1 + MOST_ROWS + 1);
        assert_eq!(
            table.rows.last().unwrap().cells[0].lines[0].text,
            "另有 3 条，见系统"
        );
    }
}
