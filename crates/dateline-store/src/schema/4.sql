-- Version 4: who wrote a report. "outlet" and "byline" may be among the derived fields too.

ALTER TABLE reports ADD COLUMN byline TEXT;
