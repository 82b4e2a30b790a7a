package eu.sinusnode.server.fulltext.follow;

import eu.sinusnode.server.fulltext.follow.IndexPosition.Advance;
import eu.sinusnode.server.fulltext.index.TextIndex;
import eu.sinusnode.server.fulltext.table.TextChanges;
import eu.sinusnode.server.fulltext.table.TextChanges.Source;
import eu.sinusnode.server.fulltext.table.TextRow;
import eu.sinusnode.server.fulltext.table.TextSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One step of an index towards the table: the changes since its snapshot, or all of it when the index is not known to be
 * of this database, of this order and of this analysis. Whatever is read after the snapshot was taken may be newer than
 * it; it comes again with the next step, which changes nothing.
 */
final class IndexStep implements IndexPosition.Step {

    /** Told while a step is under way. */
    interface Listener {
        /** @param pending changes or records that are still to be applied */
        void progress(boolean rebuilding, long pending);
    }

    private final TextChanges changes;
    private final TextIndex index;
    private final Listener listener;

    IndexStep(TextChanges changes, TextIndex index, Listener listener) {
        this.changes = changes;
        this.index = index;
        this.listener = listener;
    }

    @Override
    public Advance from(Optional<IndexState> before) {
        Source source = changes.source();
        TextSnapshot now = changes.memorable();
        Optional<IndexState> known =
                before.filter(state -> state.isOf(source, now)).filter(state -> index.isMarked(state.index()));
        return known.isPresent() ? catchUp(known.get(), now) : rebuild(source);
    }

    private Advance catchUp(IndexState state, TextSnapshot now) {
        Progress progress = new Progress(false, state.snapshot());
        changes.eachSince(state.snapshot(), progress::apply);
        if (progress.forgotten) {
            index.forget();
        } else if (progress.applied > 0) {
            index.commit();
        }
        return new Advance(state.at(now), progress.applied > 0);
    }

    private Advance rebuild(Source source) {
        changes.adopt();
        TextSnapshot now = changes.memorable();
        Progress progress = new Progress(true, now);
        index.clear();
        changes.eachPresent(progress::apply);
        String mark = UUID.randomUUID().toString();
        index.mark(mark);
        index.forget();
        progress.end();
        return new Advance(IndexState.of(source, mark, now), true);
    }

    private final class Progress {
        private final boolean rebuilding;
        private final TextSnapshot since;
        private long all;
        private long applied;
        private boolean forgotten;

        private Progress(boolean rebuilding, TextSnapshot since) {
            this.rebuilding = rebuilding;
            this.since = since;
        }

        private void apply(List<TextRow> rows) {
            if (applied == 0) {
                all = rebuilding ? changes.countPresent() : changes.countSince(since);
                tell();
            }
            index.apply(rows);
            applied += rows.size();
            forgotten |= rows.stream().anyMatch(TextRow::forgotten);
            tell();
        }

        private void tell() {
            listener.progress(rebuilding, Math.max(0, all - applied));
        }

        private void end() {
            listener.progress(rebuilding, 0);
        }
    }
}
