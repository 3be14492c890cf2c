-- Version 1. Days are TEXT "YYYY-MM-DD", spans byte ranges of the report's text, codes as in records; unknown is NULL.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE reports (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT,
    url TEXT,
    outlet TEXT,
    language TEXT,
    published TEXT,
    dateline TEXT,                        -- JSON of the place line
    derived TEXT NOT NULL,                -- fields that the coder read from the text: "title", "published", "language"
    words INTEGER NOT NULL,
    state TEXT NOT NULL,                  -- coded | foreign | copy
    copy_of INTEGER REFERENCES reports(n),
    likeness REAL,                        -- of a copy to its original, 0 to 1
    coder TEXT                            -- what coded it
) STRICT;
CREATE INDEX reports_by_day ON reports(published, id);
CREATE INDEX reports_by_original ON reports(copy_of) WHERE copy_of IS NOT NULL;

-- Large fields apart, so that scans of reports stay narrow.
CREATE TABLE texts (
    n INTEGER PRIMARY KEY REFERENCES reports(n),
    text BLOB NOT NULL,                   -- zstd
    record BLOB                           -- zstd of the record's JSON, the report's text left out; NULL for copies
) STRICT;

-- Every place where a report was found: its own and those of its copies.
CREATE TABLE outlets (
    report INTEGER NOT NULL REFERENCES reports(n),
    outlet TEXT NOT NULL,
    url TEXT NOT NULL,
    copy INTEGER NOT NULL REFERENCES reports(n),
    published TEXT,
    PRIMARY KEY (report, outlet, url, copy)
) STRICT, WITHOUT ROWID;
CREATE INDEX outlets_by_name ON outlets(outlet COLLATE NOCASE, report);

CREATE VIRTUAL TABLE words USING fts5(
    title, text, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2"
);

-- What the facets of a search count, one narrow row a searchable report. Bits count from the first code of the vocabulary.
CREATE TABLE facets (
    n INTEGER PRIMARY KEY REFERENCES reports(n),
    types INTEGER NOT NULL,
    statuses INTEGER NOT NULL,
    countries TEXT NOT NULL,              -- of places, apart by spaces
    day TEXT,                             -- of publication
    outlet TEXT
) STRICT;

-- The event list. level: 0 a happening told once, 1 one merged from its mentions, 2 a mention of a merged one.
CREATE TABLE events (
    report INTEGER NOT NULL REFERENCES reports(n),
    seq INTEGER NOT NULL,
    level INTEGER NOT NULL,
    id TEXT NOT NULL,                     -- stable
    same_as TEXT,                         -- stable id of the first mention
    mentions INTEGER NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    contexts TEXT,                        -- apart by ";"
    quad INTEGER NOT NULL,
    intensity REAL,
    cameo TEXT,
    status TEXT NOT NULL,
    historical INTEGER NOT NULL,
    certainty TEXT NOT NULL,
    confidence REAL NOT NULL,
    frame TEXT,
    day TEXT,                             -- date_start, else the day of publication
    date_start TEXT,
    date_end TEXT,
    date_precision TEXT,
    date_text TEXT,
    place TEXT,
    place_text TEXT,
    geonames INTEGER,
    lat REAL,
    lon REAL,
    country TEXT,
    admin1 TEXT,
    place_precision TEXT,
    killed INTEGER,
    injured INTEGER,
    held INTEGER,
    source TEXT,
    source_name TEXT,
    source_anonymous INTEGER,
    trigger TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    sentence INTEGER NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence_end INTEGER NOT NULL,
    PRIMARY KEY (report, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX events_by_id ON events(id);
CREATE INDEX events_by_day ON events(day);
CREATE INDEX events_by_country ON events(country);
CREATE INDEX events_by_place ON events(place COLLATE NOCASE) WHERE place IS NOT NULL;

CREATE TABLE event_actors (
    report INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    part INTEGER NOT NULL,                -- 0 actor, 1 recipient, 2 third party
    ord INTEGER NOT NULL,
    text TEXT NOT NULL,
    name TEXT,
    id TEXT,
    country TEXT,
    sector TEXT,
    role TEXT,
    person INTEGER NOT NULL,
    gender TEXT,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    PRIMARY KEY (report, seq, part, ord),
    FOREIGN KEY (report, seq) REFERENCES events(report, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_actors_by_country ON event_actors(country);
CREATE INDEX event_actors_by_sector ON event_actors(sector);
CREATE INDEX event_actors_by_name ON event_actors(name COLLATE NOCASE) WHERE name IS NOT NULL;

CREATE TABLE figures (
    report INTEGER NOT NULL REFERENCES reports(n),
    seq INTEGER NOT NULL,
    value INTEGER NOT NULL,
    low INTEGER,
    high INTEGER,
    approx TEXT NOT NULL,
    unit TEXT NOT NULL,
    people TEXT,
    place TEXT,
    country TEXT,
    as_of_start TEXT,
    as_of_end TEXT,
    source TEXT,
    text TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    PRIMARY KEY (report, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE positions (
    report INTEGER NOT NULL REFERENCES reports(n),
    seq INTEGER NOT NULL,
    party TEXT NOT NULL,
    party_country TEXT,
    party_sector TEXT,
    toward TEXT,
    toward_country TEXT,
    stance TEXT NOT NULL,
    issue TEXT NOT NULL,
    source TEXT,
    text TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    PRIMARY KEY (report, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE assessments (
    report INTEGER NOT NULL REFERENCES reports(n),
    seq INTEGER NOT NULL,
    state TEXT NOT NULL,
    about TEXT,
    source TEXT,
    text TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    PRIMARY KEY (report, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE talks (report INTEGER PRIMARY KEY REFERENCES reports(n), state TEXT, detail TEXT NOT NULL) STRICT;

-- Near-duplicates: bands of the sketches of originals.
CREATE TABLE bands (key INTEGER NOT NULL, report INTEGER NOT NULL, PRIMARY KEY (key, report)) STRICT, WITHOUT ROWID;

-- How far each input was read, so that a run can go on where it was broken off.
CREATE TABLE inputs (
    source TEXT PRIMARY KEY,
    stamp TEXT NOT NULL,                  -- changes when the input does
    items INTEGER NOT NULL,
    position TEXT NOT NULL,               -- where its reader is to go on
    done INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE failures (
    source TEXT NOT NULL,
    locator TEXT NOT NULL,
    message TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (source, locator)
) STRICT, WITHOUT ROWID;

-- What recoding changed. change: added | changed | withdrawn; before and after are JSON of the event.
CREATE TABLE revisions (
    n INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    coder TEXT NOT NULL,
    report TEXT NOT NULL,
    event TEXT NOT NULL,
    change TEXT NOT NULL,
    before TEXT,
    after TEXT
) STRICT;
CREATE INDEX revisions_by_event ON revisions(event);
