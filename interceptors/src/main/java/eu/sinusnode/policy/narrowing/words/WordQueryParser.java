package eu.sinusnode.policy.narrowing.words;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads words, {@code "phrases"}, {@code prefix*}, {@code AND}, {@code OR}, {@code NOT} and brackets. Words side by side must
 * all be there; {@code AND} binds stronger than {@code OR}. FHIR R4 leaves the syntax of {@code _text} and {@code _content} to
 * the server (Search, section 3.1.1.4.7). Whatever is not of this form, or would cost too much, is refused.
 */
public final class WordQueryParser {

    static final int MOST_CHARACTERS = 500;
    static final int MOST_TERMS = 30;
    static final int MOST_BRACKETS = 5;
    static final int LEAST_PREFIX = 3;

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:([()])|\"([^\"]*)\"|([^\\s()\"]+))");
    private static final Pattern WORD = Pattern.compile("[^*?~^\\\\:/\\[\\]{}<>=|&!+]+");

    /** The query, or why it is none; the reason repeats nothing of what was asked for. */
    public sealed interface Reading {
        record Query(WordQuery words) implements Reading {}

        record Refused(String reason) implements Reading {}
    }

    private record Token(String text, boolean quoted) {
        private boolean is(String operator) {
            return !quoted && text.equals(operator);
        }
    }

    private final List<Token> tokens;
    private int next;
    private int depth;

    private WordQueryParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    public static Reading read(String value) {
        if (value.length() > MOST_CHARACTERS) {
            return new Reading.Refused("it is longer than " + MOST_CHARACTERS + " characters");
        }
        try {
            WordQueryParser parser = new WordQueryParser(tokens(value));
            WordQuery query = parser.any();
            if (parser.next < parser.tokens.size()) {
                throw new MalformedException("a bracket is closed that was not opened");
            }
            if (!query.asksForSomething()) {
                throw new MalformedException("it only says what must not be there");
            }
            return new Reading.Query(query);
        } catch (MalformedException e) {
            return new Reading.Refused(e.reason);
        }
    }

    private static List<Token> tokens(String value) throws MalformedException {
        List<Token> found = new ArrayList<>();
        String text = value.strip();
        Matcher token = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!token.region(at, text.length()).lookingAt()) {
                throw new MalformedException("a quotation mark is not closed");
            }
            boolean quoted = token.group(2) != null;
            String word = token.group(3) != null ? token.group(3) : token.group(1);
            found.add(new Token(quoted ? token.group(2) : word, quoted));
            at = token.end();
        }
        if (found.size() > 2 * MOST_TERMS) {
            throw new MalformedException("it has more than " + MOST_TERMS + " words");
        }
        return found;
    }

    private WordQuery any() throws MalformedException {
        List<WordQuery> parts = new ArrayList<>(List.of(all()));
        while (takes("OR")) {
            parts.add(all());
        }
        return joined(parts, WordQuery.Any::new);
    }

    private WordQuery all() throws MalformedException {
        List<WordQuery> parts = new ArrayList<>(List.of(one()));
        while (next < tokens.size()
                && !tokens.get(next).is("OR")
                && !tokens.get(next).is(")")) {
            takes("AND");
            parts.add(one());
        }
        return joined(parts, WordQuery.All::new);
    }

    private static WordQuery joined(List<WordQuery> parts, Function<List<WordQuery>, WordQuery> join) {
        return parts.size() == 1 ? parts.get(0) : join.apply(parts);
    }

    private WordQuery one() throws MalformedException {
        if (next >= tokens.size()) {
            throw new MalformedException("a word is missing");
        }
        if (takes("NOT")) {
            if (next < tokens.size() && tokens.get(next).is("NOT")) {
                throw new MalformedException("NOT follows NOT");
            }
            return new WordQuery.Not(one());
        }
        if (takes("(")) {
            return bracket();
        }
        Token token = tokens.get(next++);
        if (token.is(")") || token.is("AND") || token.is("OR")) {
            throw new MalformedException("a word is missing");
        }
        return token.quoted() ? phrase(token.text()) : word(token.text());
    }

    private WordQuery bracket() throws MalformedException {
        if (++depth > MOST_BRACKETS) {
            throw new MalformedException("more than " + MOST_BRACKETS + " brackets lie in each other");
        }
        WordQuery inside = any();
        if (!takes(")")) {
            throw new MalformedException("a bracket is not closed");
        }
        depth--;
        return inside;
    }

    private static WordQuery phrase(String words) throws MalformedException {
        demandLetters(words);
        return new WordQuery.Phrase(words.strip());
    }

    private static WordQuery word(String text) throws MalformedException {
        boolean begins = text.endsWith("*");
        String letters = begins ? text.substring(0, text.length() - 1) : text;
        if (!WORD.matcher(letters).matches()) {
            throw new MalformedException("a word has a character that words do not have; put it in quotation marks");
        }
        demandLetters(letters);
        if (!begins) {
            return new WordQuery.Word(letters);
        }
        if (!letters.chars().allMatch(Character::isLetterOrDigit)
                || letters.codePointCount(0, letters.length()) < LEAST_PREFIX) {
            throw new MalformedException(
                    "before an asterisk stand at least " + LEAST_PREFIX + " letters or digits, and nothing else");
        }
        return new WordQuery.Prefix(letters);
    }

    private static void demandLetters(String text) throws MalformedException {
        if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw new MalformedException("a word has no letter and no digit");
        }
    }

    private boolean takes(String operator) {
        boolean here = next < tokens.size() && tokens.get(next).is(operator);
        next += here ? 1 : 0;
        return here;
    }

    private static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String reason;

        private MalformedException(String reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
