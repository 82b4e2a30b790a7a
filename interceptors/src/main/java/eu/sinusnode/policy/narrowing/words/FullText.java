package eu.sinusnode.policy.narrowing.words;

import java.util.List;

/** Finds records by their words. */
public interface FullText {

    /**
     * @return ids without the type, at most {@link TextSearch#most()}
     * @throws BehindException when what was written before could not be taken into account in time
     */
    List<String> find(TextSearch search) throws BehindException;

    /** The index is still catching up, or did not answer in time. */
    final class BehindException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
