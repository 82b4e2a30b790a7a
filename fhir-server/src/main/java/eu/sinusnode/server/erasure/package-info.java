/** {@code Patient/$erase} and {@code Patient/$legal-hold}: what is stored of a person goes, unless the law keeps it. */
@NullMarked
package eu.sinusnode.server.erasure;

import org.jspecify.annotations.NullMarked;
