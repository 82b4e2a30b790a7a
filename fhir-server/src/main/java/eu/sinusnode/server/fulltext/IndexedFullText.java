package eu.sinusnode.server.fulltext;

import eu.sinusnode.policy.narrowing.words.FullText;
import eu.sinusnode.policy.narrowing.words.TextSearch;
import eu.sinusnode.server.fulltext.follow.IndexFollower;
import eu.sinusnode.server.fulltext.index.TextIndex;
import java.time.Duration;
import java.util.List;
import org.hibernate.search.util.common.SearchTimeoutException;

/** Answers from the index once it has what was committed before the question. */
final class IndexedFullText implements FullText {

    private final TextIndex index;
    private final IndexFollower follower;
    private final Duration patience;

    IndexedFullText(TextIndex index, IndexFollower follower, Duration patience) {
        this.index = index;
        this.follower = follower;
        this.patience = patience;
    }

    @Override
    public List<String> find(TextSearch search) throws BehindException {
        if (!follower.await(patience)) {
            throw new BehindException();
        }
        try {
            return index.find(search);
        } catch (SearchTimeoutException e) {
            throw new BehindException();
        }
    }
}
