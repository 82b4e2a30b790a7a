/** Conditions on words ({@code _text}, {@code _content}): read strictly, answered by the full text, put into the search as ids. */
@NullMarked
package eu.sinusnode.policy.narrowing.words;

import org.jspecify.annotations.NullMarked;
