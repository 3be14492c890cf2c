-- Version 3: what people say of events, and where news of watches is sent.

-- Every judgement stays; the last of an author on an event is the one that counts.
CREATE TABLE reviews (
    n INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    report TEXT NOT NULL,                 -- id
    event TEXT NOT NULL,                  -- stable id
    verdict TEXT NOT NULL,                -- accept | correct | reject
    coded TEXT NOT NULL,                  -- JSON of the event as it was coded when it was judged
    corrected TEXT,                       -- JSON of the event as it should be
    note TEXT
) STRICT;
CREATE INDEX reviews_by_event ON reviews(event, n);
CREATE INDEX reviews_by_report ON reviews(report);

CREATE TABLE hooks (
    n INTEGER PRIMARY KEY,
    watch TEXT NOT NULL REFERENCES watches(name) ON DELETE CASCADE,
    url TEXT NOT NULL,
    secret TEXT NOT NULL,                 -- signs what is sent
    made TEXT NOT NULL,
    UNIQUE (watch, url)
) STRICT;
