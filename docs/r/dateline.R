# Dateline's events in R: read_events() and dyad_rows(). docs/r.md shows how they are used.

# Where this file lies: labels.csv lies beside it.
dateline_folder <- local({
  here <- Filter(Negate(is.null), lapply(sys.frames(), function(f) f$ofile))
  if (length(here)) dirname(here[[length(here)]]) else "docs/r"
})

# Events as `dateline export --format csv` or `--format parquet` wrote them, codes as factors, days as Date.
read_events <- function(file, labels = file.path(dateline_folder, "labels.csv")) {
  if (grepl("\\.parquet$", file)) {
    if (!requireNamespace("arrow", quietly = TRUE)) stop(file, ": reading Parquet needs the package arrow; install it or export CSV")
    events <- as.data.frame(arrow::read_parquet(file))
  } else {
    events <- utils::read.csv(file, na.strings = "", stringsAsFactors = FALSE, encoding = "UTF-8")
  }
  for (day in c("published", "date_start", "date_end")) events[[day]] <- as.Date(events[[day]])
  for (truth in c("historical", "source_anonymous")) events[[truth]] <- as.logical(events[[truth]])
  events$day <- events$date_start
  untold <- is.na(events$day)
  events$day[untold] <- events$published[untold]
  codes <- utils::read.csv(labels, stringsAsFactors = FALSE)
  for (column in unique(codes$column)) {
    of <- codes[codes$column == column, ]
    if (column %in% c("type", "quad")) events[[paste0(column, "_label")]] <- factor(events[[column]], of$code, of$label)
    events[[column]] <- factor(events[[column]], of$code)
  }
  events
}

# A row for each pair of countries of an event: actor and recipient, or the two sides of a meeting or accord, in alphabetical order.
dyad_rows <- function(events) {
  countries <- function(field) lapply(strsplit(ifelse(is.na(field), "", field), ";", fixed = TRUE), function(x) unique(x[x != ""]))
  actors <- countries(events$actor_countries)
  recipients <- countries(events$recipient_countries)
  pairs <- Map(function(a, r) {
    if (length(r)) return(expand.grid(first = a, second = r, stringsAsFactors = FALSE))
    if (length(a) < 2) return(data.frame(first = character(), second = character()))
    sides <- utils::combn(sort(a), 2)
    data.frame(first = sides[1, ], second = sides[2, ])
  }, actors, recipients)
  row <- rep(seq_along(pairs), vapply(pairs, nrow, integer(1)))
  cbind(do.call(rbind, pairs), events[row, ], row.names = NULL)
}
