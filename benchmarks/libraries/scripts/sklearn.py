"""A confusion matrix, a decision boundary, a tree."""

import matplotlib.pyplot as plt
from sklearn.datasets import make_blobs
from sklearn.inspection import DecisionBoundaryDisplay
from sklearn.metrics import ConfusionMatrixDisplay
from sklearn.tree import DecisionTreeClassifier, plot_tree

points, labels = make_blobs(120, centers=3, random_state=6)
tree = DecisionTreeClassifier(max_depth=3, random_state=6).fit(points, labels)
ConfusionMatrixDisplay.from_estimator(tree, points, labels)
display = DecisionBoundaryDisplay.from_estimator(tree, points, alpha=0.5)
display.ax_.scatter(*points.T, c=labels, edgecolor="k")
plt.figure()
plot_tree(tree, filled=True)
