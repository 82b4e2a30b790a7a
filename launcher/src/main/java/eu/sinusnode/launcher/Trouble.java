package eu.sinusnode.launcher;

import org.jspecify.annotations.Nullable;

/** Something the user can be told in a plain sentence, with what to do about it. */
public final class Trouble extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param message what is wrong, one sentence
     * @param remedy what to do about it, one sentence
     */
    public Trouble(String message, String remedy) {
        this(message, remedy, null);
    }

    public Trouble(String message, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
