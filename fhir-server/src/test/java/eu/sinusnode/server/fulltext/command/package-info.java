@NullMarked
package eu.sinusnode.server.fulltext.command;

import org.jspecify.annotations.NullMarked;
